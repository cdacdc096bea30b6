import sys
sys.exit('words')
