---@meta steelyard.test
-- What `require "steelyard.test"` gives, for editors: see steelyard.d.lua.
return test
