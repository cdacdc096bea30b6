#!/bin/sh
# The front and the engine end together. PostgreSQL becomes process 1: `docker stop` asks it to end, and its end takes
# the front along.
(/opt/mongo-front/CodeInterpreter.MongoFront; kill -INT 1) &
exec postgres
