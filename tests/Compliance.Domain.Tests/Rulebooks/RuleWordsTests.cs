using System.Text.RegularExpressions;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>Whatever a rule speaks of, people read in their own language.</summary>
public sealed partial class RuleWordsTests
{
    const string Camera = "0196f000-0000-7000-8000-0000000000c1", Other = "0196f000-0000-7000-8000-0000000000c2";

    [Fact]
    public void Every_word_of_the_vocabulary_is_put_into_three_languages() => Assert.DoesNotContain(new[]
    {
        Vocabulary.Kinds.Keys.SelectMany(kind => (string[])[$"kind.{kind}", $"kinds.{kind}"]),
        Vocabulary.Kinds.SelectMany(kind => kind.Value.Keys.Select(word => $"{kind.Key}.{word}")),
        Vocabulary.Kinds.SelectMany(kind => kind.Value.Values.Select(word => word.Unit)).OfType<string>().Select(unit => $"unit.{unit}"),
        Enum.GetNames<Need>().SelectMany(need => (string[])[$"need.{need}", $"do.{need}"]), Enum.GetNames<Provenance>().Select(from => $"from.{from}"),
        RulebookShelf.All.Values.SelectMany(book => book.Rules).Select(rule => $"subject.{rule.Subject}"),
    }.SelectMany(keys => keys), key => RuleWords.All.GetValueOrDefault(key) is not { Kk.Length: > 0, Ru.Length: > 0, En.Length: > 0 });

    [Fact]
    public void All_languages_fill_the_same_blanks_and_count_in_their_own_forms() => Assert.Empty(
        from word in RuleWords.All
        let said = new[] { (word.Value.Kk, "kk"), (word.Value.Ru, "ru"), (word.Value.En, "en") }
        where said.Select(one => string.Join(',', Blank().Matches(one.Item1.Split('|')[0]).Select(m => m.Value).Distinct().Order())).Distinct().Count() > 1
            || said.Any(one => one.Item1.Contains('|', StringComparison.Ordinal) && one.Item1.Split('|').Length != Plural.Forms(one.Item2))
        select word.Key);

    [Theory]
    [InlineData("camera", "timeShown", Need.Is, "true", "ru", "да")]
    [InlineData("exit", "clearWidth", Need.AtLeast, "0.5", "ru", "0,5\u00A0м")]
    [InlineData("venue", "capacity", Need.AtMost, "1", "en", "1\u00A0person")]
    [InlineData("venue", "countError", Need.AtMost, "0.05", "kk", "5\u00A0%")]
    [InlineData("camera", "online", Need.ShareAtLeast, "0.9876", "ru", "98,7\u00A0%")]
    [InlineData("camera", "recording", Need.DownAtMost, "90", "en", "1 minute 30 seconds")]
    [InlineData("venue", "drillAt", Need.NotOlderThan, "P6M", "ru", "6 месяцев")]
    [InlineData("exit", "lock", Need.OneOf, "PanicBar, None", "en", "panic bar, no lock")]
    [InlineData("venue", "drillAt", Need.NotOlderThan, "2026-06-01T12:00:00+00:00", "kk", "01.06.2026, 17:00")]
    [InlineData("camera", "codec", Need.OneOf, "H264", "ru", "H264")]
    [InlineData("exit", "clearWidth", Need.AtLeast, null, "ru", "—")]
    public void A_value_is_read_by_people(string kind, string attribute, Need need, string? found, string language, string read) =>
        Assert.Equal(read, RuleValues.Of(kind, attribute, need, found, language));

    [Fact]
    public void A_thing_is_named_by_its_label() => Assert.Equal(
        ("Entrance: frame rate", "camera: frame rate", "capacity", "exit"),
        (RuleWords.Topic("camera", "Entrance", "fps", "en"), RuleWords.Topic("camera", "", "fps", "en"), RuleWords.Topic("venue", "", "capacity", "en"), RuleWords.Topic("exit", "", "", "en")));

    [Fact]
    public void What_is_needed_is_said_with_its_unit() => Assert.Equal("керегі: кемінде 15\u00A0кадр/с", RuleValues.Wanted("camera", "fps", Need.AtLeast, "15", "kk"));

    [Theory]
    [InlineData("en", "Entrance: picture width 1280\u00A0px, at least 1920\u00A0px needed.")]
    [InlineData("ru", "Entrance: ширина изображения 1280\u00A0пикс., нужно не менее 1920\u00A0пикс.")]
    [InlineData("kk", "Entrance: кескін ені 1280\u00A0пиксель, кемінде 1920\u00A0пиксель керек.")]
    public void A_failed_attribute_is_said_with_what_was_measured_and_what_is_needed(string language, string said) =>
        Assert.Equal(said, Failed(Camera, "width", "1280", "1920").Said(language, _ => "Entrance"));

    [Fact]
    public void Every_failed_attribute_has_a_step_of_its_own() => Assert.Equal(
        ["Entrance, Bar: picture width — bring it up to 1920\u00A0px or more.", "Entrance: picture height — bring it up to 1080\u00A0px or more."],
        Answer(false, Failed(Camera, "width", "1280", "1920"), Failed(Camera, "height", "720", "1080"), Failed(Other, "width", "640", "1920"))
            .Steps("en", id => id == Camera ? "Entrance" : "Bar"));

    [Fact]
    public void What_the_system_does_itself_is_asked_of_nobody() => Assert.Equal(
        ["Это делает сама система: от вас ничего не требуется."], Answer(true, Failed(Camera, "width", "1", "2")).Steps("ru"));

    /// <summary>The rule on telling the police is the system's, and no other.</summary>
    [Fact]
    public void The_system_itself_tells_the_police() => Assert.Equal(
        ["KZ.CAM.015"], RulebookShelf.All[RulebookShelf.Usual].Rules.Where(rule => rule.Acts().Any(Vocabulary.OfTheSystem.Contains)).Select(rule => rule.Id));

    static Ground Failed(string thing, string attribute, string found, string needed) =>
        new(Outcome.Fail, "camera", thing, "", attribute, found, Need.AtLeast, needed, false, []);

    static RuleAnswer Answer(bool bySystem, params Ground[] grounds) => new(
        "X", "camera", new("", "", ""), Severity.Major, Outcome.Fail, Wording.Recommended, Basis.Standard, Confidence.Read, Answerable.Owner, null, false, [], grounds, bySystem);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Blank();
}
