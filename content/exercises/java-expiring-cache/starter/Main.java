import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.*;

class Cache {
    Cache(int capacity, long ttl) {
    }

    void put(long now, String key, String value) {
    }

    String get(long now, String key) {
        return null;
    }

    int size(long now) {
        return 0;
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
