package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineFileTest {
  static final String GOOD =
      """
      name: acme
      connector: letters
      connection:
        token: ${env:TOKEN}
        count: 7
      destination:
        uri: file:./lake
        format: jsonl
        compression: gzip
      time_budget: 1h30m
      tables:
        - table: letters
          as: red_letters
          options: { color: red, tags: [a, b, 3] }
          primary_keys: [id, letter]
          sequence_by: letter
        - table: letters
      """;

  /** The same in a bucket. */
  static final String DEPLOYED = GOOD.replace("${env:TOKEN}", "${ssm:token}");

  private static final Map<String, String> VARIABLES =
      Map.of("BASE", "/data", "NAME", "acme\n", "WHOLE", "file:/whole", "BELL", "a\u0007b");

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Connectors connectors = new Connectors(List.of(new LettersProvider()));

  private Pipeline parse(String text) {
    return PipelineFile.parse(text, Path.of("acme.yaml"), connectors, VARIABLES);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String text) {
    return assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String line, String replacement) {
    assertThat(GOOD).contains(line);
    return assertRefused(GOOD.replace(line, replacement));
  }

  @Test
  void readsEverythingThatAFileSays() {
    var pipeline = parse(GOOD);

    assertThat(pipeline.name()).isEqualTo("acme");
    assertThat(pipeline.connector().name()).isEqualTo("letters");
    assertThat(pipeline.destination())
        .isEqualTo(new LakeFolder(Path.of("lake").toAbsolutePath(), Compression.GZIP));
    assertThat(pipeline.timeBudget()).isEqualTo(Duration.ofMinutes(90));
    assertThat(pipeline.tables())
        .extracting(PipelineTable::as)
        .containsExactly("red_letters", "letters");
    var red = pipeline.tables().getFirst();
    assertThat(red.table().name()).isEqualTo("letters");
    assertThat(red.table().options().get(LettersProvider.COLOR)).isEqualTo("red");
    assertThat(red.table().options().get(LettersProvider.TAGS)).isEqualTo("a,b,3");
    assertThat(red.primaryKey().orElseThrow().fields()).containsExactly("id", "letter");
    assertThat(red.sequenceBy()).contains("letter");
  }

  @Test
  void needsLittle() {
    var pipeline =
        parse(
            """
            name: acme
            connector: letters
            connection: {token: "${env:T}"}
            destination: {uri: "file:/data/lake"}
            tables: [table: letters]
            """);

    assertThat(pipeline.destination())
        .isEqualTo(new LakeFolder(Path.of("/data/lake"), Compression.ZSTD));
    assertThat(pipeline.timeBudget()).isEqualTo(Duration.ofMinutes(10));
    assertThat(
            pipeline.connectionOptions(Map.of("T", "x"), NOW, () -> NOW).get(LettersProvider.COUNT))
        .isEqualTo(5);
  }

  @Test
  void bucketMayHaveAPrefix() {
    var texts = List.of("s3://my.lake-1", "s3://lake/", "s3://lake/a/b=1", "s3://lake/a/b=1/");

    assertThat(texts)
        .extracting(uri -> parse(GOOD.replace("file:./lake", uri)).destination())
        .containsExactly(
            new LakeBucket("my.lake-1", "", Compression.GZIP),
            new LakeBucket("lake", "", Compression.GZIP),
            new LakeBucket("lake", "a/b=1/", Compression.GZIP),
            new LakeBucket("lake", "a/b=1/", Compression.GZIP));
  }

  @Test
  void textOfAnotherOriginIsReadAlike() {
    var pipeline = Pipeline.parse(DEPLOYED, "s3://bucket/acme.yaml", connectors);

    assertThat(pipeline.name()).isEqualTo("acme");
    assertThat(pipeline).hasToString("pipeline acme (s3://bucket/acme.yaml)");
    assertThatThrownBy(
            () ->
                Pipeline.parse(DEPLOYED.replace("name: acme", "nome: acme"), "inline", connectors))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("inline:1: unknown key 'nome'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${file:/etc/passwd}", "${env:AWS_SECRET_ACCESS_KEY}"})
  void textOfAnotherOriginSeesNothingOfThisMachine(String reference) {
    String text = GOOD.replace("${env:TOKEN}", reference);

    assertThatThrownBy(() -> Pipeline.parse(text, "inline", connectors))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("inline:4: " + reference + " is for a pipeline file of a command")
        .hasMessageContaining("${secretsmanager:ID}");
    assertThatThrownBy(
            () ->
                Pipeline.parse(
                    DEPLOYED.replace("file:./lake", "file:/" + reference), "inline", connectors))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("inline:7: 'uri' takes no reference");
  }

  @ParameterizedTest
  @CsvSource({
    "file:${env:BASE}/lake, /data/lake",
    "file:${env:BASE}/${env:NAME}, /data/acme",
    "'${env:WHOLE}', /whole",
  })
  void destinationMayNameVariables(String uri, String path) {
    assertThat(parse(GOOD.replace("file:./lake", uri)).destination())
        .isEqualTo(new LakeFolder(Path.of(path), Compression.GZIP));
  }

  @Test
  void anchorsMayBeShared() {
    var pipeline =
        parse(
            GOOD.replace("{ color: red, tags: [a, b, 3] }", "&common { color: red }")
                .replace("  - table: letters\n", "  - table: letters\n    options: *common\n")
                .replace("    options: *common\n    as", "    as"));

    assertThat(pipeline.tables())
        .allSatisfy(
            table ->
                assertThat(table.table().options().get(LettersProvider.COLOR)).isEqualTo("red"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "connection:    | conection:        | 3 | unknown key 'conection' in the pipeline; did you"
            + " mean 'connection'?",
        "name: acme     | nickname: acme    | 1 | unknown key 'nickname' in the pipeline; known"
            + " are",
        "name: acme     | # nothing         | 2 | missing key 'name' in the pipeline",
        "name: acme     | name:             | 1 | 'name' has no value",
        "name: acme     | name: ' '         | 1 | 'name' is blank",
        "name: acme     | name: ' acme'     | 1 | 'name' has blanks at its ends",
        "name: acme     | name: 12          | 1 | 'name' is a number; put it in quotes: \"12\"",
        "name: acme     | name: yes         | 1 | 'name' is true or false to YAML; put it in"
            + " quotes",
        "name: acme     | name: [acme]      | 1 | 'name' is a list; it takes one value",
        "name: acme     | name: !mine acme  | 1 | 'name' has the tag '!mine'",
        "connector: letters | connector: leters | 2 | Unknown connector 'leters'; did you mean"
            + " 'letters'?",
        "connector: letters | connector: sap   | 2 | Unknown connector 'sap'; known are letters",
        "count: 7       | count: many       | 5 | Option 'count' is 'many'; it takes a whole"
            + " number",
        "count: 7       | count:            | 5 | 'count' has no value",
        "count: 7       | count: {a: 1}     | 5 | 'count' is a mapping; it takes one value",
        "count: 7       | coutn: 7          | 5 | unknown option 'coutn' of connector 'letters';"
            + " did you mean 'count'?",
        "count: 7       | token: ${env:X}   | 5 | 'token' is there twice; the first is on line 4",
        "count: 7       | count: ${evn:X}   | 5 | unknown reference 'evn:'",
        "count: 7       | count: a${env:X}  | 5 | a reference is the whole value",
        "count: 7       | count: ${env:}    | 5 | a reference is the whole value",
        "token: ${env:TOKEN} | # none       | 5 | missing option 'token' in 'connection'",
        "uri: file:./lake | uri: s3:/lake/p | 7 | write it like s3://bucket/prefix",
        "uri: file:./lake | uri: s3://      | 7 | '' is no name of a bucket",
        "uri: file:./lake | uri: s3://b/p   | 7 | 'b' is no name of a bucket",
        "uri: file:./lake | uri: s3://Lake/ | 7 | 'Lake' is no name of a bucket",
        "uri: file:./lake | uri: s3://a..b  | 7 | 'a..b' is no name of a bucket",
        "uri: file:./lake | uri: s3://1.2.3.4/p | 7 | '1.2.3.4' is no name of a bucket",
        "uri: file:./lake | uri: s3://lake?x=1 | 7 | 'lake?x=1' is no name of a bucket",
        "uri: file:./lake | uri: s3://k:s@lake | 7 | 'k:s@lake' is no name of a bucket",
        "uri: file:./lake | uri: s3://lake//p | 7 | nothing between two '/'",
        "uri: file:./lake | uri: s3://lake/p// | 7 | nothing between two '/'",
        "uri: file:./lake | uri: s3://lake/../p | 7 | does not begin with '.'",
        "uri: file:./lake | uri: s3://lake/p?x=1 | 7 | 'p?x=1' has other characters",
        "uri: file:./lake | uri: s3://lake/a%2Fb | 7 | 'a%2Fb' has other characters",
        "uri: file:./lake | uri: ./lake     | 7 | './lake' is not a destination; write it like"
            + " file:./lake",
        "uri: file:./lake | uri: file://h/x | 7 | names a host",
        "uri: file:./lake | uri: 'file:'    | 7 | is not a destination",
        "uri: file:./lake | uri: file:${env:NONE}/lake | 7 | the environment variable NONE is not"
            + " set",
        "uri: file:./lake | uri: file:${env:BELL} | 7 | ${env:BELL} has the control character"
            + " U+0007",
        "uri: file:./lake | uri: file:${file:x} | 7 | ${file:x} is for 'connection' only",
        "uri: file:./lake | uri: file:${env:X/lake | 7 | a reference is",
        "uri: file:./lake | uri: file:${HOME}/lake | 7 | a reference is",
        "name: acme     | name: ${env:X}    | 1 | 'name' takes no reference",
        "connector: letters | connector: ${env:X} | 2 | 'connector' takes no reference",
        "time_budget: 1h30m | time_budget: ${env:X} | 10 | 'time_budget' takes no reference",
        "compression: gzip | compression: ${env:X} | 9 | 'compression' takes no reference",
        "as: red_letters | as: \"${env:X}\" | 13 | 'as' takes no reference",
        "[id, letter]   | [\"${env:X}\"]  | 15 | 'primary_keys' takes no reference",
        "format: jsonl  | format: parquet   | 8 | format 'parquet' is not available yet",
        "format: jsonl  | format: csv       | 8 | unknown format 'csv'; known are jsonl, parquet",
        "compression: gzip | compression: lzo | 9 | unknown compression 'lzo'; known are zstd,"
            + " gzip, none",
        "time_budget: 1h30m | time_budget: 90 | 10 | 'time_budget': '90' is not a length of time;"
            + " write it like 90s, 10m or 1h30m",
        "time_budget: 1h30m | time_budget: 0s | 10 | out of range",
        "as: red_letters | as: letters      | 17 | a second table lands as 'letters'; the first is"
            + " on line 12",
        "as: red_letters | as: Letters      | 17 | the first is on line 12, as 'Letters', which is"
            + " the same where case does not count",
        "color: red     | color: green      | 14 | Option 'color' is 'green'; it takes one of red,"
            + " blue",
        "color: red     | colour: red       | 14 | unknown option 'colour' of table 'letters'; did"
            + " you mean 'color'?",
        "as: red_letters | namespace: a/b  | 13 | table 'letters' lies in no namespace",
        "color: red     | color: \"${env:X}\" | 14 | references are for 'connection' only",
        "[a, b, 3]      | []                | 14 | 'tags' is an empty list",
        "[a, b, 3]      | [a, [b]]          | 14 | 'tags' is a list; it takes one value",
        "[id, letter]   | id                | 15 | 'primary_keys' is text; it takes a list",
        "[id, letter]   | [id, id]          | 15 | 'primary_keys' names a field twice",
        "sequence_by: letter | sequence: letter | 16 | unknown key 'sequence' in a table",
        "as: red_letters | as red_letters   | 14 | not well-formed YAML",
      })
  void namesTheLineAndTheRemedy(String line, String replacement, int number, String message) {
    assertRefused(line, replacement)
        .hasMessageStartingWith("acme.yaml:" + number + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void unknownTableIsRefusedWithTheNearest() {
    assertRefused("- table: letters\n    as", "- table: leters\n    as")
        .hasMessage(
            "acme.yaml:12: Unknown table 'leters' of connector 'letters'; did you mean 'letters'?");
  }

  @Test
  void tableThatOnlyTheSourceCanListIsTakenAtItsWord() {
    var pipeline = parse(GOOD.replace("- table: letters\n    as", "- table: shelf-7\n    as"));

    assertThat(pipeline.tables().getFirst().table().name()).isEqualTo("shelf-7");
  }

  @Test
  void secretInPlainTextIsRefusedAndNotRepeated() {
    assertRefused("${env:TOKEN}", "hunter2hunter2")
        .hasMessageStartingWith("acme.yaml:4: option 'token' is a secret")
        .hasMessageContaining("${env:LETTERS_TOKEN}")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void secretThatIsBrokenAsAReferenceIsNotRepeated() {
    assertRefused("${env:TOKEN}", "hunter2${").hasMessageNotContaining("hunter2");
  }

  @Test
  void wholeFileOfAnotherShapeIsRefused() {
    assertRefused("").hasMessageContaining("acme.yaml:1: the file is empty");
    assertRefused("# only a comment\n").hasMessageContaining("the file is empty");
    assertRefused("- name: acme\n").hasMessageContaining("the pipeline is a list");
    assertRefused("just text").hasMessageContaining("the pipeline is text");
    assertRefused(GOOD + "---\nname: other\n").hasMessageContaining("not well-formed YAML");
    assertRefused("name: \u0000acme").hasMessageContaining("not well-formed YAML");
    assertRefused("name: !%0 acme").hasMessageContaining("not well-formed YAML");
    assertRefused(GOOD.substring(0, GOOD.indexOf("tables:")) + "tables: []\n")
        .hasMessageContaining("'tables' is an empty list");
  }

  @Test
  void aliasBombsAndHugeFilesAreRefused() {
    var bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a" + (i - 1) + ", *a" + (i - 1)));
    }

    assertRefused(bomb.toString()).hasMessageContaining("aliases");
    assertRefused("name: " + "[".repeat(5000)).hasMessageContaining("not well-formed YAML");
    assertRefused("#".repeat(Yaml.MAXIMUM_SIZE + 1)).hasMessageContaining("at most");
  }

  @Test
  void missingAndUnreadableFilesAreNamed(@TempDir Path folder) throws IOException {
    Path latin =
        Files.write(folder.resolve("latin.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Pipeline.read(folder.resolve("none.yaml"), connectors, Map.of()))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("There is no pipeline file " + folder.resolve("none.yaml"));
    assertThatThrownBy(() -> Pipeline.read(folder, connectors, Map.of()))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> Pipeline.read(latin, connectors, Map.of()))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void tablesAreSelectedByEitherName() {
    var pipeline =
        parse(
            GOOD.replace("- table: letters\n", "- table: bug\n")
                .replace("table: bug\n    as", "table: letters\n    as"));

    assertThat(pipeline.select(List.of())).hasSize(2);
    assertThat(pipeline.select(List.of("bug")))
        .extracting(PipelineTable::as)
        .containsExactly("bug");
    assertThat(pipeline.select(List.of("letters")))
        .extracting(PipelineTable::as)
        .containsExactly("red_letters");
    assertThatThrownBy(() -> pipeline.select(List.of("red_leters")))
        .hasMessage("The pipeline 'acme' has no table 'red_leters'; did you mean 'red_letters'?");
  }
}
