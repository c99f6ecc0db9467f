### Letting in a tool on another device: typing its code, answering.

device-title = Connect a device
device-lede = Type the code that your device or terminal shows.
device-compare = Is this the code that your device or terminal shows? If it is another one, or you started nothing, go no further.
device-code = Code
device-code-hint = Eight letters, such as WDJB-MJHT. Hyphens and capitals do not matter.
device-go = Continue
device-warning = Type only a code that you see on a device of your own. Whoever sends you one wants to act in your name.
device-shows = Code on the device
device-from = Asked from
device-only-own = Allow it only if you have just started this yourself and your device shows { $code }. Whoever sent you this code or this page would act in your name.
device-elsewhere = The request comes from another network than yours.
device-until = The device waits until { $at }.
device-allowed-title = { $tool } is connected
device-allowed-text = Go back to your device: it goes on within seconds. You can close this page.
device-denied-title = { $tool } was not let in
device-denied-text = The device is told so, and gets nothing. You can close this page.
device-lacking = { $tool } gets nothing until then. The code { $code } stays good until { $at }; afterwards the device asks for another one.
device-again = Try the code again
refusal-device-code-unknown = No device waits with this code, or its time is over. Look at the device again, or start anew there.
refusal-device-code-throttled = Too many wrong codes. Try again after { $until }.
refusal-oauth-device-expired = Nobody answered in time. Start anew on the device.

clients-devices = by a code that people type
clients-devices-ask = It may be let in by a code that people type, for devices without a browser. Such a tool needs no redirect address.
