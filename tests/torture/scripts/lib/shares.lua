-- shares.lua - a library of scripts, for require.
local shares = {}
function shares.half(x)
  local t = {}
  for k = 1, 40 do t[k] = x / k end
  table.sort(t)
  return t[39]
end
return shares
