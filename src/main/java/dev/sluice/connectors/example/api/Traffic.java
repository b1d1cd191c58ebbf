package dev.sluice.connectors.example.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What goes over the wire, for a test that watches or disturbs it. A page is an answer to a GET of
 * records or deleted records; failed requests do not count as pages. May be used from any thread;
 * callbacks run in the thread that serves the request, which waits for them.
 */
public final class Traffic {
  private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();
  private final List<Hook> beforePage = new ArrayList<>();
  private final List<Hook> afterPage = new ArrayList<>();
  private final List<Script> scripts = new ArrayList<>();
  private int requests;

  Traffic() {}

  /** One request and what became of it; the target is the path with the query. */
  public record Exchange(String method, String target, int status) {}

  /** A callback and the number of pages until it is due. */
  private record Hook(int pages, Runnable action) {}

  /** An answer that stands in for the API's own, for a number of requests. */
  private record Script(int times, String pathPrefix, ApiAnswer answer) {}

  /** How many requests have come in, refused and failed ones included. */
  public synchronized int requests() {
    return requests;
  }

  /** Tells the listener of each exchange, before its answer is sent. */
  public void listen(Consumer<Exchange> listener) {
    listeners.add(listener);
  }

  /** Answers the next requests in this way, whatever they ask for. */
  public void answerNext(int times, ApiAnswer answer) {
    answerNext(times, "/", answer);
  }

  /** Answers the next requests whose path begins in this way, such as {@code /tables/users/}. */
  public synchronized void answerNext(int times, String pathPrefix, ApiAnswer answer) {
    scripts.add(new Script(times, pathPrefix, answer));
  }

  /** Runs the action once, before the k-th page from now is read from the store; k from 1. */
  public synchronized void beforePage(int k, Runnable action) {
    beforePage.add(new Hook(k, action));
  }

  /**
   * Runs the action once, after the k-th page from now was read from the store and before it is
   * sent: no client can ask for the page that follows any earlier.
   */
  public synchronized void afterPage(int k, Runnable action) {
    afterPage.add(new Hook(k, action));
  }

  /** Forgets answers and actions that are still due. */
  public synchronized void clear() {
    scripts.clear();
    beforePage.clear();
    afterPage.clear();
  }

  synchronized void count() {
    requests++;
  }

  void tell(ApiRequest request, ApiAnswer answer) {
    Exchange exchange =
        new Exchange(request.method(), request.target().toString(), answer.status());
    listeners.forEach(listener -> listener.accept(exchange));
  }

  /** The answer that a test wants this request to get; uses it up. */
  synchronized Optional<ApiAnswer> scripted(ApiRequest request) {
    for (int i = 0; i < scripts.size(); i++) {
      Script script = scripts.get(i);
      if (request.target().getPath().startsWith(script.pathPrefix)) {
        if (script.times <= 1) {
          scripts.remove(i);
        } else {
          scripts.set(i, new Script(script.times - 1, script.pathPrefix, script.answer));
        }
        return Optional.of(script.answer);
      }
    }
    return Optional.empty();
  }

  void pageIsDue() {
    due(beforePage).forEach(Runnable::run);
  }

  void pageWasRead() {
    due(afterPage).forEach(Runnable::run);
  }

  /** Counts one page, and takes out what is due with it. Runs nothing: an action may come back. */
  private synchronized List<Runnable> due(List<Hook> hooks) {
    List<Runnable> due = new ArrayList<>();
    List<Hook> waiting = new ArrayList<>();
    for (Hook hook : hooks) {
      if (hook.pages <= 1) {
        due.add(hook.action);
      } else {
        waiting.add(new Hook(hook.pages - 1, hook.action));
      }
    }
    hooks.clear();
    hooks.addAll(waiting);
    return due;
  }
}
