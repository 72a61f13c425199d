import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers with typical bugs, and their corrected twins. */
public class App {
  private String current;
  private final List<String> items = new ArrayList<>();
  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final AtomicInteger IN_FLIGHT = new AtomicInteger();
  private static final Instant BORN = Instant.now();
  private boolean cold = true;

  private static void pause() throws InterruptedException {
    Thread.sleep(10 + ThreadLocalRandom.current().nextInt(20));
  }

  private static String user(Map<String, Object> event) {
    return (String) event.get("user");
  }

  public Map<String, Object> fieldBad(Map<String, Object> event, Context context) throws Exception {
    current = user(event);
    pause();
    return Map.of("user", current);
  }

  public Map<String, Object> fieldGood(Map<String, Object> event, Context context) throws Exception {
    String mine = user(event);
    pause();
    return Map.of("user", mine);
  }

  public Map<String, Object> listBad(Map<String, Object> event, Context context) throws Exception {
    synchronized (items) { items.clear(); }
    for (Object item : (List<?>) event.get("items")) {
      pause();
      synchronized (items) { items.add((String) item); }
    }
    synchronized (items) { return Map.of("items", new ArrayList<>(items)); }
  }

  public Map<String, Object> listGood(Map<String, Object> event, Context context) throws Exception {
    List<String> mine = new ArrayList<>();
    for (Object item : (List<?>) event.get("items")) {
      pause();
      mine.add((String) item);
    }
    return Map.of("items", mine);
  }

  public Map<String, Object> fileBad(Map<String, Object> event, Context context) throws Exception {
    return through(Path.of("/tmp/work.txt"), user(event));
  }

  public Map<String, Object> fileGood(Map<String, Object> event, Context context) throws Exception {
    return through(Files.createTempFile("work", ".txt"), user(event));
  }

  private static Map<String, Object> through(Path file, String user) throws IOException, InterruptedException {
    Files.writeString(file, user);
    pause();
    try {
      return Map.of("user", Files.readString(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Keeps the id of the request in a field: the answers are right, but the log isn't. */
  public Map<String, Object> logBad(Map<String, Object> event, Context context) throws Exception {
    current = context.getAwsRequestId();
    pause();
    System.out.println("{\"AWSRequestId\":\"" + current + "\",\"message\":\"done with " + user(event) + "\"}");
    return Map.of("user", user(event));
  }

  public Map<String, Object> logGood(Map<String, Object> event, Context context) throws Exception {
    pause();
    context.getLogger().log("done with " + user(event));
    return Map.of("user", user(event));
  }

  /** A thread keeps data that the next request on it finds, because only some events name the tenant. */
  public Map<String, Object> threadLocalBad(Map<String, Object> event, Context context) throws Exception {
    if (!user(event).equals("david")) TENANT.set(user(event));
    pause();
    return Map.of("tenant", String.valueOf(TENANT.get()));
  }

  public Map<String, Object> threadLocalGood(Map<String, Object> event, Context context) throws Exception {
    try {
      if (!user(event).equals("david")) TENANT.set(user(event));
      pause();
      return Map.of("tenant", String.valueOf(TENANT.get()));
    } finally {
      TENANT.remove();
    }
  }

  public Map<String, Object> exits(Map<String, Object> event, Context context) throws Exception {
    IN_FLIGHT.incrementAndGet();
    pause();
    if (IN_FLIGHT.get() > 1) System.exit(3);
    IN_FLIGHT.decrementAndGet();
    return Map.of("user", user(event));
  }

  public Map<String, Object> overflows(Map<String, Object> event, Context context) throws Exception {
    return user(event).equals("bobby") ? overflows(event, context) : Map.of("user", user(event));
  }

  public Map<String, Object> quirks(Map<String, Object> event, Context context) throws Exception {
    boolean isCold = cold;
    cold = false;
    pause();
    Map<String, Object> answer = new HashMap<>();
    answer.put("user", user(event));
    answer.put("requestId", context.getAwsRequestId());
    answer.put("trace", context.getXrayTraceId());
    answer.put("time", Instant.now().toString());
    answer.put("born", BORN.toString());
    answer.put("epoch", System.currentTimeMillis());
    answer.put("uuid", UUID.randomUUID().toString());
    answer.put("thread", Thread.currentThread().getName());
    answer.put("count", COUNT.incrementAndGet());
    answer.put("cold", isCold);
    answer.put("random", Math.random());
    return answer;
  }
}
