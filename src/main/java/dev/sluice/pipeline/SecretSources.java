package dev.sluice.pipeline;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where references are looked up.
 *
 * @param variables the environment of the process
 * @param folder what relative {@code ${file:...}} references are relative to
 */
record SecretSources(Map<String, String> variables, Path folder) {}
