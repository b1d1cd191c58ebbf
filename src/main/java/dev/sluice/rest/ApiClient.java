package dev.sluice.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.http.AcceptedStatuses;
import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Authorized;
import dev.sluice.rest.http.Call;
import dev.sluice.rest.http.Cookies;
import dev.sluice.rest.http.Credentials;
import dev.sluice.rest.http.HttpOptions;
import dev.sluice.rest.http.PauseAdvice;
import dev.sluice.rest.http.RateBudget;
import dev.sluice.rest.http.RateLimited;
import dev.sluice.rest.http.Redirecting;
import dev.sluice.rest.http.RefusalClassifier;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.http.Request.Parameter;
import dev.sluice.rest.http.RetryPolicy;
import dev.sluice.rest.http.Retrying;
import dev.sluice.rest.http.Retrying.TooMuch;
import dev.sluice.rest.http.SameOrigin;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.StatusChecked;
import dev.sluice.rest.http.Transport;
import dev.sluice.rest.http.TransportFactory;
import dev.sluice.rest.http.Urls;
import dev.sluice.rest.json.Documents;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.rest.json.ErrorMessage;
import dev.sluice.rest.json.Splitter;
import dev.sluice.rest.page.ListTotals;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.PageSizes;
import dev.sluice.rest.page.PageTag;
import dev.sluice.rest.page.Pages;
import dev.sluice.rest.url.BaseUrl;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.MonotonicClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A client of one source that sends requests and splits the responses into records. It takes care
 * of credentials, retries, limits and the deadline. May be used from any thread.
 */
@ConnectorApi
public final class ApiClient implements PageFetch, AutoCloseable {
  private final ConnectorContext context;
  private final URI baseUrl;
  private final Map<String, String> headers;
  private final BaseUrl base;
  private final ErrorDetector detector;
  private final IncompleteAnswers incomplete;
  private final Secrets secrets;
  private final Credentials credentials;
  private final Transport transport;
  private final Retrying exchange;
  private final AnswerReader answers;
  private final ListTotals totals;
  private final PageSizes sizes;
  private final SourceClock clock;
  private final AtomicLong answered = new AtomicLong();

  private ApiClient(Builder builder) {
    context = builder.context;
    baseUrl = builder.baseUrl;
    headers = Map.copyOf(builder.headers);
    base = BaseUrl.configured(baseUrl);
    detector = builder.detector;
    incomplete = builder.incomplete;
    secrets = builder.secrets;
    clock = new SourceClock(context.clock());
    var classifier = new RefusalClassifier(builder.advice, context.clock());
    answers = new AnswerReader(secrets, builder.errors, classifier);
    totals = new ListTotals(this::url, text -> context.listener().warning(masked(text)));
    sizes = new PageSizes(text -> context.listener().warning(secrets.mask(text)));
    var transports =
        new TransportFactory(
            context, builder.timeout, builder.maxPageBytes, secrets, classifier, builder.retry);
    credentials = builder.auth.open(transports);
    transport = transports.open(base.origin());
    exchange =
        new Retrying(
            builder.retry,
            context,
            new RateLimited(
                builder.budgets,
                context,
                MonotonicClock.system(),
                new SameOrigin(
                    base,
                    secrets,
                    new StatusChecked(
                        classifier,
                        builder.hints,
                        builder.errors,
                        secrets,
                        new Authorized(
                            credentials,
                            new Redirecting(
                                base, secrets, new Cookies(clock.observing(transport))))))));
  }

  /**
   * Returns a builder of a client for the URLs below a base: https, or http on this machine. The
   * client opens no connection before the first request.
   */
  public static Builder of(ConnectorContext context, URI baseUrl) {
    return new Builder(context, baseUrl);
  }

  /**
   * Fetches one page of a list. When the source fails to give it, although it gives a smaller one,
   * the same place is asked for at half the size, until there is an answer.
   *
   * @param request the request of the listing itself, or a page's {@code next}
   * @throws ConnectorException in every case but success
   */
  @Override
  public Page page(Listing listing, Request request) {
    return fetch(listing, request, Optional.empty()).orElseThrow();
  }

  @Override
  public Optional<Page> pageUnless(PageTag known, Listing listing, Request request) {
    return fetch(listing, request, Optional.of(known.tag()));
  }

  /** A page that was fetched; empty when it still has its tag. */
  private record Fetched(Optional<Page> page) {}

  private Optional<Page> fetch(Listing listing, Request request, Optional<String> tag) {
    var pages = pages(listing);
    boolean isFollowUp = pages.isFollowUp(listing.request(), request);
    Request complete = pages.complete(isFollowUp ? pages.rebased(request) : request);
    if (!isFollowUp) {
      totals.begin(listing, complete);
    }
    AcceptedStatuses accepted =
        isFollowUp
            ? ofFollowUp(listing)
            : new AcceptedStatuses(listing.emptyStatuses(), listing.passingStatuses());
    Request place = sizes.fit(listing, complete);
    Optional<String> failure = Optional.empty();
    while (true) {
      try {
        Optional<Page> page = fetch(listing, complete, place, accepted, tag);
        if (failure.isPresent()) {
          sizes.halve(listing, place, failure.get());
        }
        return page;
      } catch (TooMuch e) {
        failure = failure.or(() -> Optional.of(String.valueOf(e.getMessage())));
        place = sizes.halved(listing, place);
      }
    }
  }

  /** Fetches a page at its place, which may be one for smaller pages than were asked for. */
  private Optional<Page> fetch(
      Listing listing,
      Request asked,
      Request place,
      AcceptedStatuses accepted,
      Optional<String> tag) {
    var pages = pages(listing);
    if (!place.equals(asked)) {
      totals.replace(asked, place);
    }
    Call call =
        tag.filter(known -> place.equals(asked))
            .map(known -> call(place, accepted.orUnchanged()).with(Map.of("If-None-Match", known)))
            .orElseGet(() -> call(place, accepted));
    return read(
            call,
            sizes.least(listing, place).map(least -> call(least, accepted)),
            Fetched.class,
            answer ->
                new Fetched(
                    answer.status() == AcceptedStatuses.NOT_MODIFIED
                        ? Optional.empty()
                        : Optional.of(page(listing, pages, asked, place, answer))))
        .page();
  }

  /** A link, unlike the list itself, expires; and a list that went on does not end in a refusal. */
  private static AcceptedStatuses ofFollowUp(Listing listing) {
    var passing = new HashSet<>(listing.passingStatuses());
    passing.addAll(listing.emptyStatuses());
    passing.addAll(Set.of(404, 410));
    return new AcceptedStatuses(Set.of(), passing);
  }

  private Pages pages(Listing listing) {
    return new Pages(listing.pagination(), base, credentials.parameter().map(Parameter::name));
  }

  private Page page(Listing listing, Pages pages, Request asked, Request request, Answer answer)
      throws IOException {
    if (listing.emptyStatuses().contains(answer.status())) {
      return new Page(List.of(), Optional.empty());
    }
    var split =
        Splitter.split(
            answer.body(), answer.length(), listing.layout().linkedBy(pages.field()), detector);
    Optional<Request> next = pages.next(request, answer, split);
    totals.take(listing, request, split, next);
    sizes.saw(listing, split.elements());
    boolean isAsked = request.equals(asked);
    return new Page(
        split.records(),
        next,
        pages.last(answer),
        isAsked && request.method() == Request.Method.GET
            ? tag(request, answer, split)
            : Optional.empty(),
        split.elements(),
        split.total(),
        isAsked ? Optional.empty() : Optional.of(request));
  }

  /** Returns the tag of a page; empty when it holds a secret, since offsets store it. */
  private Optional<PageTag> tag(Request request, Answer answer, Splitter.Split split) {
    return PageTag.of(url(request), answer, split.elements())
        .filter(tag -> secrets.mask(tag.url() + tag.tag()).equals(tag.url() + tag.tag()));
  }

  /** Returns the URL of a request, without credentials. */
  private String url(Request request) {
    return Urls.of(baseUrl, request);
  }

  /** Returns the URL of a list's first page. */
  public String url(Listing listing) {
    return url(pages(listing).complete(listing.request()));
  }

  /** Asks the source whether a page is unchanged. */
  public boolean isUnchanged(PageTag page) {
    return isUnchanged(page, answer -> true);
  }

  /** Asks the source whether a list's last page is unchanged, and still names no next page. */
  public boolean isUnchangedEnd(Listing listing, PageTag page) {
    return isUnchanged(page, answer -> !pages(listing).leadsOn(answer));
  }

  private boolean isUnchanged(PageTag page, Predicate<Answer> holds) {
    var request = new Request(Request.Method.GET, page.url(), List.of(), Optional.empty());
    return read(
        call(request, AcceptedStatuses.UNCHANGED).with(Map.of("If-None-Match", page.tag())),
        Boolean.class,
        answer -> answer.status() == AcceptedStatuses.NOT_MODIFIED && holds.test(answer));
  }

  /** Fetches the last page of a list; the first one when the source names no other. */
  public Page lastPage(Listing listing) {
    Page first = page(listing, listing.request());
    return first.last().map(request -> page(listing, request)).orElse(first);
  }

  /** Fetches a small document as a whole. */
  public JsonNode json(Request request) {
    return json(request, Set.of());
  }

  /**
   * Fetches a small document as a whole.
   *
   * @param statuses those that come with a document too, such as 207 where it says itself what is
   *     missing in it
   */
  public JsonNode json(Request request, Set<Integer> statuses) {
    return read(
        call(request, new AcceptedStatuses(statuses, Set.of())),
        JsonNode.class,
        answer -> Documents.tree(answer.body(), answer.length(), detector));
  }

  /** Returns the context of the invocation that the client belongs to. */
  public ConnectorContext context() {
    return context;
  }

  /** Returns the source's clock, as far as its responses have told it. */
  public SourceClock clock() {
    return clock;
  }

  /** Masks the secrets that this client knows in a text of the source, for a message. */
  public String masked(String text) {
    return secrets.excerpt(text);
  }

  private Call call(Request request, AcceptedStatuses accepted) {
    return Call.of(baseUrl, request, accepted).with(headers);
  }

  private <T> T read(Call call, Class<T> type, AnswerReader.Reader<T> reader) {
    return read(call, Optional.empty(), type, reader);
  }

  private <T> T read(
      Call call, Optional<Call> least, Class<T> type, AnswerReader.Reader<T> reader) {
    T value =
        exchange.send(
            call,
            least,
            type,
            answer -> {
              mustBeComplete(answer);
              return answers.read(answer, reader);
            });
    answered.incrementAndGet();
    return value;
  }

  private void mustBeComplete(Answer answer) {
    incomplete
        .missing(answer::header)
        .ifPresent(
            missing -> {
              throw missing.at(secrets.mask(answer.place()));
            });
  }

  /** Returns how many requests the source has answered so far, other than by a refusal. */
  public long answered() {
    return answered.get();
  }

  @Override
  public void close() {
    try (transport) {
      credentials.close();
    }
  }

  /** A builder that collects what a client needs in addition to its base URL. */
  public static final class Builder {
    private final ConnectorContext context;
    private final URI baseUrl;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Secrets secrets;
    private final List<RateBudget> budgets = new ArrayList<>();
    private final List<String> hints = new ArrayList<>(List.of("WWW-Authenticate"));
    private Auth auth = Auth.none();
    private PauseAdvice advice = PauseAdvice.none();
    private RetryPolicy retry;
    private Duration timeout;
    private int maxPageBytes = defaultPageBytes();
    private ErrorDetector detector = ErrorDetector.none();
    private IncompleteAnswers incomplete = IncompleteAnswers.none();
    private ErrorMessage errors = ErrorMessage.in();

    private Builder(ConnectorContext context, URI baseUrl) {
      this.context = context;
      this.baseUrl = baseUrl;
      this.retry = HttpOptions.retryPolicy(context.options());
      this.timeout = HttpOptions.timeout(context.options());
      this.secrets = new Secrets(context.options().secrets());
      headers.put("Accept", "application/json");
    }

    public Builder auth(Auth auth) {
      this.auth = auth;
      return this;
    }

    /** Adds a header to every request; replaces one of the same name. Not for secrets. */
    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /**
     * Adds a value that no message may contain, in addition to those that the {@link Auth} knows.
     */
    public Builder secret(String value) {
      secrets.add(value);
      return this;
    }

    public Builder retry(RetryPolicy retry) {
      this.retry = retry;
      return this;
    }

    /**
     * Sets the timeout of one exchange, from the connection to the last byte; 30 seconds by
     * default.
     */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /**
     * Returns the default limit. A page is read while the one before is written, into an array that
     * doubles; each gets a fourth of the memory.
     */
    private static int defaultPageBytes() {
      return (int) Math.min(512 << 20, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * Sets the size of the largest response, decompressed; a fourth of the memory by default, at
     * most 512 MiB.
     */
    public Builder maxPageBytes(int bytes) {
      this.maxPageBytes = bytes;
      return this;
    }

    /** Adds a budget that requests wait for; each retry counts as a request. */
    public Builder budget(RateBudget budget) {
      budgets.add(budget);
      return this;
    }

    /**
     * Sets the advice for a refusal without the usual headers, by the source or by its token
     * endpoint.
     */
    public Builder pauseAdvice(PauseAdvice advice) {
      this.advice = advice;
      return this;
    }

    /** Shows these headers in the message of a refusal: they say why it is one, or what helps. */
    public Builder hints(String... headers) {
      hints.addAll(List.of(headers));
      return this;
    }

    /**
     * Shows these fields of an error's body in its message, and nothing else of it: paths of names
     * with dots between them, which lead through arrays.
     */
    public Builder errorMessage(String... fields) {
      this.errors = ErrorMessage.in(fields);
      return this;
    }

    public Builder errorDetector(ErrorDetector detector) {
      this.detector = detector;
      return this;
    }

    /** Sets how the source says that a response is incomplete; such a one fails the read. */
    public Builder incompleteAnswers(IncompleteAnswers incomplete) {
      this.incomplete = incomplete;
      return this;
    }

    /**
     * Builds the client.
     *
     * @throws ConnectorException of kind {@code CONFIGURATION} when credentials must not be sent to
     *     the base URL
     */
    public ApiClient build() {
      return new ApiClient(this);
    }
  }
}
