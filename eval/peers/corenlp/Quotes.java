import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Times CoreNLP's quote pipeline on a folder of .txt articles; loading is told apart. */
public class Quotes {
    public static void main(String[] args) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            files = all.filter(p -> p.toString().endsWith(".txt")).sorted().toList();
        }
        Properties p = new Properties();
        p.setProperty("annotators", "tokenize,pos,lemma,ner,depparse,coref,quote");
        p.setProperty("coref.algorithm", "statistical");
        p.setProperty("threads", args.length > 1 ? args[1] : "2");
        long start = System.nanoTime();
        StanfordCoreNLP nlp = new StanfordCoreNLP(p);
        nlp.annotate(new CoreDocument("Mary Hill said it was late. \"It is late,\" she said."));
        long loaded = System.nanoTime();
        int quotes = 0;
        for (Path f : files) {
            CoreDocument d = new CoreDocument(Files.readString(f));
            nlp.annotate(d);
            quotes += d.quotes().size();
        }
        double seconds = (System.nanoTime() - loaded) / 1e9;
        System.out.printf("CoreNLP 4.5.10: %.1f s to start, %d articles, %d quotations, %.2f articles/s%n",
            (loaded - start) / 1e9, files.size(), quotes, files.size() / seconds);
    }
}
