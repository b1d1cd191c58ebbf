package dev.sluice.spi;

/**
 * A connector that can tell cheaply whether a snapshot table is unchanged since its last complete
 * read. An unchanged table is not read again.
 */
public interface DetectsUnchanged extends SourceConnector {

  /**
   * Returns whether a read from {@link Offset#START} would deliver the same records again. The
   * runtime asks before such a read begins, for snapshot tables whose schema and options are those
   * of the read before.
   *
   * <p>It is true only when the source says so of everything that was delivered; in doubt it is
   * false, which costs no more than a read.
   *
   * @param complete where the last complete read ended; the result is false for an offset that does
   *     not tell, such as one of an earlier release
   * @throws ConnectorException when the source cannot be asked; it never returns true instead
   */
  boolean isUnchanged(Table table, Offset complete);
}
