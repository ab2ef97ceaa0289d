import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.*;

// Worked: two orders are kept, that of use and that of death. All lives are equally long and time never goes back, so the
// order of putting is the order of dying, and what has died always stands in front: no heap and no walk is needed.
class Cache {
    record Entry(String value, long until) {
    }

    private final int capacity;
    private final long ttl;
    private final LinkedHashMap<String, Entry> used = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<String, Long> dying = new LinkedHashMap<>();

    Cache(int capacity, long ttl) {
        this.capacity = capacity;
        this.ttl = ttl;
    }

    void put(long now, String key, String value) {
        forget(now);
        if (used.size() == capacity) {
            String eldest = used.keySet().iterator().next();
            used.remove(eldest);
            dying.remove(eldest);
        }
        live(key, new Entry(value, now + ttl));
    }

    String get(long now, String key) {
        forget(now);
        Entry entry = used.get(key);
        return entry == null ? null : entry.value;
    }

    int size(long now) {
        forget(now);
        return used.size();
    }

    private void live(String key, Entry entry) {
        used.put(key, entry);
        dying.remove(key);
        dying.put(key, entry.until);
    }

    private void forget(long now) {
        var each = dying.entrySet().iterator();
        while (each.hasNext()) {
            var oldest = each.next();
            if (oldest.getValue() > now) {
                return;
            }
            used.remove(oldest.getKey());
            each.remove();
        }
    }
}

public class Main {
    public static void main(String[] args) throws Exception {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        var said = new StringBuilder();
        Cache cache = null;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] words = line.split(" ");
            long first = Long.parseLong(words[1]);
            switch (words[0]) {
                case "new" -> cache = new Cache((int) first, Long.parseLong(words[2]));
                case "put" -> cache.put(first, words[2], words[3]);
                case "get" -> said.append(cache.get(first, words[2])).append('\n');
                case "size" -> said.append(cache.size(first)).append('\n');
            }
        }
        System.out.print(said);
    }
}
