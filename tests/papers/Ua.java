import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says whether each PDF named keeps the rules of PDF/UA-1 and, for each it breaks, which. */
public class Ua {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.PDFUA_1;
        for (String name : names) {
            try (FileInputStream file = new FileInputStream(name);
                    PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false);
                ValidationResult result = validator.validate(parser);
                System.out.println(
                        (result.isCompliant() ? "compliant " : "refused ")
                                + result.getTotalAssertions() + " " + name);
                for (TestAssertion one : result.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println("  " + one.getRuleId().getClause() + "-"
                                + one.getRuleId().getTestNumber() + " " + one.getMessage());
                    }
                }
            }
        }
    }
}
