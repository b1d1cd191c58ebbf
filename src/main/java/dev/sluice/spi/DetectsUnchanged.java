package dev.sluice.spi;

/**
 * A connector that can tell cheaply whether a snapshot table is still what its last complete read
 * delivered. A table that is, is not read again.
 */
public interface DetectsUnchanged extends SourceConnector {

  /**
   * Whether a read from {@link Offset#START} would deliver the same records again. Asked before
   * such a read begins, of snapshot tables whose schema and options are those of the read before.
   *
   * <p>True only when the source says so of everything that was delivered; in doubt it is false,
   * which costs no more than a read.
   *
   * @param complete where the last complete read ended; false for one that says nothing, as one of
   *     an earlier release may
   * @throws ConnectorException when the source cannot be asked; never true in its place
   */
  boolean isUnchanged(Table table, Offset complete);
}
