-- demo.lua - from 2020 on: what differs from the rules of the layer below.
local sy = require "steelyard"
local rules = sy.base()
rules.indicator["output.quantity.visits"] = sy.by_sign {}
return rules
