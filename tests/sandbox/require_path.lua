-- expect: not a path
local secret = require "../../etc/passwd"
return secret
