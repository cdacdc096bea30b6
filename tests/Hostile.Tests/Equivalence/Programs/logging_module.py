import logging
logging.warning('w')
logging.info('i')
logging.error('e')
