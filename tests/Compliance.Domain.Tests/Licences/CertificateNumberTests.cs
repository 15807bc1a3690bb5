using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Licences;

public sealed class CertificateNumberTests
{
    static readonly Guid Application = new("00000000-0000-0000-0000-0000000000c1");

    [Fact]
    public void Granted_again_it_is_the_same() =>
        Assert.Equal(CertificateNumber.Of(Application, 2026, 0), CertificateNumber.Of(Application, 2026, 0));

    [Fact]
    public void Another_application_year_or_attempt_has_another() => Assert.Distinct(
    [
        CertificateNumber.Of(Application, 2026, 0), CertificateNumber.Of(Application, 2026, 1), CertificateNumber.Of(Application, 2027, 0),
        CertificateNumber.Of(Guid.Empty, 2026, 0),
    ]);

    [Fact]
    public void It_reads_itself_however_it_is_typed() => Assert.All(Enumerable.Range(0, 500), attempt =>
    {
        var number = CertificateNumber.Of(Application, 2026, attempt);
        Assert.Matches(@"^2026-\d{7}-\d{2}$", number);
        Assert.Equal(number, CertificateNumber.Parse(number));
        Assert.Equal(number, CertificateNumber.Parse(number.Replace('-', ' ')));
        Assert.Equal(number, CertificateNumber.Parse(number.Replace("-", "", StringComparison.Ordinal)));
    });

    [Fact]
    public void One_wrong_digit_or_two_changed_places_name_no_venue()
    {
        var digits = CertificateNumber.Of(Application, 2026, 0).Replace("-", "", StringComparison.Ordinal);
        var mistyped =
            from place in Enumerable.Range(0, digits.Length) from digit in "0123456789" where digits[place] != digit
            select digits[..place] + digit + digits[(place + 1)..];
        var swapped =
            from place in Enumerable.Range(0, digits.Length - 1) where digits[place] != digits[place + 1]
            select digits[..place] + digits[place + 1] + digits[place] + digits[(place + 2)..];
        Assert.All([.. mistyped, .. swapped], text => Assert.Null(CertificateNumber.Parse(text)));
    }

    [Theory, InlineData(""), InlineData("2026"), InlineData("2026-417038a-61"), InlineData("00000000-0000-0000-0000-00000000000a")]
    public void What_is_no_number_is_none(string text) => Assert.Null(CertificateNumber.Parse(text));

    [Fact]
    public void Its_two_check_digits_are_those_of_iso_7064() =>
        Assert.Equal(1, long.Parse(CertificateNumber.Of(Application, 2026, 3).Replace("-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) % 97);

    [Fact]
    public void A_number_is_given_away_once()
    {
        var take = new CertificateCommand.Take("2026-4170382-61", Application, Guid.Empty);
        var taken = new CertificateEvent.NumberTaken("2026-4170382-61", Application, Guid.Empty);
        Certificate.Decider.Given().When(take).Then(taken);
        Certificate.Decider.Given(taken).When(take).ThenNothing();
        Certificate.Decider.Given(taken).When(take with { ApplicationId = Guid.Empty }).ThenRefused("certificate.number-taken");
        Certificate.Decider.Given(taken).When(take with { VenueId = Application }).ThenRefused("certificate.number-taken");
    }
}
