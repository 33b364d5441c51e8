"""A Spark session in a process of its own: a statement a line on standard input, its rows a line on standard output.

A line is JSON: a text comes in, a list of rows goes out, or an object with the `error`. Run as a script.
"""

from __future__ import annotations

import json
import sys

from pyspark.sql import SparkSession


def main(folder: str) -> None:
    options = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.log.level": "OFF",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        # Compiling Java takes longer than these few rows.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        # The days of a rule are those of its workspace, whatever the session's are.
        "spark.sql.session.timeZone": "Pacific/Kiritimati",
    }
    builder = SparkSession.builder.master("local[1]")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    for line in sys.stdin:
        try:
            answer = [list(row) for row in session.sql(json.loads(line)).collect()]
        except Exception as error:
            answer = {"error": str(error)}
        print(json.dumps(answer, default=float), flush=True)
    session.stop()


if __name__ == "__main__":
    main(sys.argv[1])
