package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.FaultyWire;
import dev.sluice.aws.emulator.FaultyWire.Fault;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.runtime.lake.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

/** A store on a faulty wire, and the same objects seen directly. */
abstract class S3OnAWire {
  static final String KEY = "t/data/1.jsonl";
  static final Map<String, String> OURS = Map.of("run", "ours");
  static final Map<String, String> THEIRS = Map.of("run", "theirs");
  static final Fault LOST_REPLY = new Fault.LostReply();
  static final Fault LOST_REQUEST = new Fault.LostRequest();
  static final Fault CUT_REQUEST = new Fault.CutRequest();
  static final Fault CUT_REPLY = new Fault.CutReply();
  static final Fault CONFLICT = Fault.error(409, "ConditionalRequestConflict", "Try again");
  static final Fault BROKEN = Fault.error(500, "InternalError", "We encountered");
  static final Fault BROKEN_AFTER = Fault.errorAfter(500, "InternalError");
  static final Fault SLOW_DOWN = Fault.error(503, "SlowDown", "Reduce your rate");
  static final Fault DENIED = Fault.error(403, "AccessDenied", "User u may not do a");

  /** As many as the SDK tries. */
  static final int ATTEMPTS = 3;

  /** As small as S3 takes them. */
  static final int PART = 5 << 20;

  private static final AtomicInteger TESTS = new AtomicInteger();
  static S3Emulator s3;

  final String prefix = "test-%d/".formatted(TESTS.incrementAndGet());
  FaultyWire wire;
  S3ObjectStore store;
  S3ObjectStore direct;
  private S3Client client;

  /** What the content of an object does not matter for. */
  record Bytes(long size, byte value) implements Payload {
    @Override
    public InputStream open() {
      byte[] bytes = new byte[(int) size];
      Arrays.fill(bytes, value);
      return new ByteArrayInputStream(bytes);
    }
  }

  static Bytes small() {
    return new Bytes(1000, (byte) 1);
  }

  static Bytes threeParts() {
    return new Bytes(2 * PART + 1000, (byte) 2);
  }

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Emulator.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void connect() {
    wire = new FaultyWire(s3.endpoint());
    client = client(Emulated.SECRET_KEY);
    store = store(client, S3Emulator.BUCKET);
    direct = store(s3.client(), S3Emulator.BUCKET);
  }

  S3Client client(String secretKey) {
    var variables = new HashMap<>(Emulated.variables());
    variables.put("AWS_SECRET_ACCESS_KEY", secretKey);
    variables.put("AWS_ENDPOINT_URL_S3", wire.endpoint().toString());
    return new AwsClients(variables).s3();
  }

  S3ObjectStore store(S3Client from, String bucket) {
    return new S3ObjectStore(from, bucket, prefix, new S3Uploads(from, PART + 1, PART));
  }

  /** On the client of the wire. */
  S3ObjectStore store(String bucket) {
    return store(client, bucket);
  }

  String uri() {
    return "s3://lake/" + prefix + KEY;
  }

  void plan(String request, int times, Fault fault) {
    wire.on(request, Collections.nCopies(times, fault).toArray(Fault[]::new));
  }

  long requests(String method) {
    return wire.requests().stream().filter(line -> line.startsWith(method + " ")).count();
  }

  @AfterEach
  void disconnect() {
    client.close();
    wire.close();
    assertThat(wire.left()).as("faults that were not played").isZero();
  }
}
