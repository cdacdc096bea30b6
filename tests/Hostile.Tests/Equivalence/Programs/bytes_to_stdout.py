import sys
sys.stdout.buffer.write(b'\x00\x01raw\n')
