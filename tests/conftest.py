"""What every test starts from."""

import signal

# A runner in the background ignores Ctrl-C and hands that on to what it starts; tests that send it need it heard.
signal.signal(signal.SIGINT, signal.default_int_handler)
