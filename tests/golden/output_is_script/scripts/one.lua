-- one.lua - a script that is not read in this run
return nil
