-- Sends the requests of a file, parted by NUL, round and round; tells what came of it as JSON.
local requests, place = {}, 0

function init(args)
   local file = assert(io.open(args[1], "rb"))
   for one in file:read("*a"):gmatch("[^%z]+") do
      requests[#requests + 1] = one
   end
   file:close()
end

function request()
   place = place % #requests + 1
   return requests[place]
end

failed = 0

function response(status)
   if status ~= 303 then
      failed = failed + 1
   end
end

local threads = {}

function setup(thread)
   threads[#threads + 1] = thread
end

function done(summary, latency)
   local errors = summary.errors.connect + summary.errors.read
      + summary.errors.write + summary.errors.timeout
   for _, thread in ipairs(threads) do
      errors = errors + thread:get("failed")
   end
   io.write(string.format(
      'harmony:{"number": %d, "seconds": %f, "p99": %f, "errors": %d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(99) / 1e6, errors))
end
