package dev.sluice.fhirserver;

import java.time.Instant;
import org.mitre.synthea.engine.Generator;
import org.mitre.synthea.helpers.Config;

/** Synthea's patients, the same for the same arguments: folder, number, years of history, seed. */
public final class Patients {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private Patients() {}

  public static void main(String[] arguments) throws Exception {
    System.setOut(System.err); // Synthea tells of every patient
    Config.set("exporter.baseDirectory", arguments[0]);
    Config.set("exporter.years_of_history", arguments[2]);
    Config.set("exporter.fhir.export", "true");
    Config.set("exporter.fhir.transaction_bundle", "true");
    Config.set("exporter.hospital.fhir.export", "true");
    Config.set("exporter.practitioner.fhir.export", "true");
    var options = new Generator.GeneratorOptions();
    options.population = Integer.parseInt(arguments[1]);
    options.seed = Long.parseLong(arguments[3]);
    options.clinicianSeed = options.seed;
    options.referenceTime = END.toEpochMilli();
    options.endTime = END.toEpochMilli();
    options.threadPoolSize = 2;
    new Generator(options).run();
    System.exit(0);
  }
}
