package dev.sluice.cli;

/** A command that talks to a source, for which the framework has to be started first. */
interface CallsSource {}
