using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Outages;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Tests;

public sealed class WordingTests
{
    [Theory]
    [InlineData(1, 0), InlineData(2, 1), InlineData(4, 1), InlineData(5, 2), InlineData(11, 2), InlineData(12, 2), InlineData(21, 0), InlineData(22, 1), InlineData(111, 2), InlineData(0, 2)]
    public void Russian_counts_in_three_forms(long n, int form) => Assert.Equal(form, Compliance.Domain.Kernel.Plural.Form(n, "ru"));

    [Theory, InlineData(1, 0), InlineData(0, 1), InlineData(2, 1)]
    public void English_counts_in_two_forms(long n, int form) => Assert.Equal(form, Compliance.Domain.Kernel.Plural.Form(n, "en"));

    [Fact]
    public void Kazakh_counts_in_one_form() => Assert.All([0L, 1, 2, 5, 21], n => Assert.Equal(0, Compliance.Domain.Kernel.Plural.Form(n, "kk")));

    [Theory, InlineData("/mine", "/mine"), InlineData("//evil.example", "/"), InlineData("/\\evil.example", "/"), InlineData("https://evil.example", "/"), InlineData(null, "/"),
     InlineData("/mine\r\nx: y", "/"), InlineData("/\t/evil.example", "/"), InlineData("/mine?q=клуб%20x", "/mine?q=%D0%BA%D0%BB%D1%83%D0%B1%20x")]
    public void A_way_back_stays_in_the_portal(string? asked, string given) => Assert.Equal(given, Languages.Local(asked));

    [Theory, InlineData(-0.3, "0 ms"), InlineData(0.2, "0 ms"), InlineData(-310, "-310 ms"), InlineData(999.4, "999 ms"), InlineData(999.6, "1 s"), InlineData(-62_140, "-62.1 s")]
    public void How_far_a_clock_is_off_is_never_less_than_nothing(double milliseconds, string said) => Assert.Equal(said, In("en", () => new ServiceCollection().AddLogging().AddLocalization()
        .BuildServiceProvider().GetRequiredService<IStringLocalizer<ShellWords>>().Offset(milliseconds)));

    [Fact]
    public void Availability_is_never_rounded_up() => Assert.StartsWith("99.9", In("en", () => Wording.Percent(0.99999)), StringComparison.Ordinal);

    [Theory, InlineData(0.9996, 0.9991, "99.96 %", "99.91 %"), InlineData(0.99999, 0.99991, "99.999 %", "99.991 %"), InlineData(0.9, 0.8, "90.0 %", "80.0 %"), InlineData(0.999, 0.999, "99.9 %", "99.9 %")]
    public void Two_shares_side_by_side_never_look_alike(double share, double least, string said, string beside) =>
        Assert.Equal($"{said} {beside}", In("en", () => $"{Wording.Percent(share, least)} {Wording.Percent(least, share)}"));

    [Fact]
    public void Ninety_days_end_today_by_the_venues_clock()
    {
        var now = new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero); // 01:00 of the 24th in Almaty
        Piece[] pieces = [new(now.AddDays(-1), now.AddMinutes(-10), Verdict.Online, Owed.Yes, null, false), new(now.AddMinutes(-10), now, Verdict.Unreachable, Owed.Yes, Cause.Power, false)];
        var days = pieces.Days(now);
        Assert.Equal(90, days.Count);
        Assert.Equal(new DateOnly(2026, 11, 24), days[^1].Day);
        Assert.Equal(TimeSpan.FromHours(1), days[^1].Score.Whole);
        Assert.Equal(TimeSpan.FromMinutes(10), days[^1].Score.In(Hand.Others));
        Assert.Null(days[0].Score.Share);
    }

    static string In(string language, Func<string> say)
    {
        var (before, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(language);
        try { return say(); }
        finally { (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, words); }
    }
}
