package dev.sluice.proof.failpoint;

import dev.sluice.lake.ObjectStore;

/** A lake of its own, and the pipeline that fills it. */
record Scene(String pipeline, ObjectStore lake) {

  TableInLake table(String name) {
    return new TableInLake(lake, pipeline + "/" + name + "/");
  }
}
