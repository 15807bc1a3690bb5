using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>Whatever a rule speaks of, people read in their own language.</summary>
public sealed class RuleWordsTests
{
    [Fact]
    public void Every_word_of_the_vocabulary_is_put_into_three_languages() => Assert.DoesNotContain(new[]
    {
        Vocabulary.Kinds.Keys.SelectMany(kind => (string[])[$"kind.{kind}", $"kinds.{kind}"]),
        Vocabulary.Kinds.SelectMany(kind => kind.Value.Keys.Select(word => $"{kind.Key}.{word}")),
        Vocabulary.Kinds.SelectMany(kind => kind.Value.Values.Select(word => word.Unit)).OfType<string>().Select(unit => $"unit.{unit}"),
        Enum.GetNames<Need>().Select(need => $"need.{need}"), Enum.GetNames<Provenance>().Select(from => $"from.{from}"),
        RulebookShelf.All["kz-nightclub-2025-2026"].Rules.Select(rule => $"subject.{rule.Subject}"),
    }.SelectMany(keys => keys), key => RuleWords.All.GetValueOrDefault(key) is not { Kk.Length: > 0, Ru.Length: > 0, En.Length: > 0 });

    [Theory]
    [InlineData("true", null, "ru", "да")]
    [InlineData("0.5", "m", "ru", "0,5\u00A0м")]
    [InlineData("P30D", null, "en", "30 d")]
    [InlineData("PanicBar, None", null, "en", "panic bar, no lock")]
    [InlineData("2026-06-01T12:00:00+00:00", null, "kk", "01.06.2026 17:00")]
    [InlineData("H264", null, "ru", "H264")]
    [InlineData(null, "m", "ru", "—")]
    public void A_value_is_read_by_people(string? found, string? unit, string language, string read) => Assert.Equal(read, RuleWords.Value(found, unit, language));

    [Fact]
    public void A_thing_is_named_by_its_label() => Assert.Equal(
        ("Entrance: frame rate", "camera: frame rate", "capacity", "exit"),
        (RuleWords.Topic("camera", "Entrance", "fps", "en"), RuleWords.Topic("camera", "", "fps", "en"), RuleWords.Topic("venue", "", "capacity", "en"), RuleWords.Topic("exit", "", "", "en")));

    [Fact]
    public void What_is_needed_is_said_with_its_unit() => Assert.Equal("кемінде 15\u00A0кадр/с", RuleWords.Needed(Need.AtLeast, "15", "1/s", "kk"));
}
