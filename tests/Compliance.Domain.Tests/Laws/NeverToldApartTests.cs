using System.Text.RegularExpressions;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Tests.Laws;

/// <summary>
/// What no program of this house may tell of people, whoever asks (AI law of Kazakhstan, and this project's own word): what they feel, how old, of which sex, of
/// which origin they are. There is no place for it in a fact, a command, a view or a message between processes, so none can be kept or sent.
/// </summary>
public sealed partial class NeverToldApartTests
{
    static readonly string[] Never =
    [
        "emotion", "emotions", "emotional", "mood", "feeling", "feelings", "sentiment", "gender", "sex", "male", "female", "man", "woman", "age", "ages",
        "ethnicity", "ethnic", "race", "racial", "nationality", "skin", "religion",
    ];

    /// <summary>How long ago a paper was made or a thing was tested, in a rulebook.</summary>
    static readonly Type AgeOfPapers = typeof(Compliance.Domain.Rulebooks.Check.Age);

    [Fact]
    public void Nothing_that_is_kept_or_sent_has_room_for_it()
    {
        var names = from type in typeof(EventCatalog).Assembly.GetTypes()
                    where (type.IsPublic || type.IsNestedPublic) && type != AgeOfPapers
                    from name in (IEnumerable<string>)[Plain(type.Name), .. type.IsEnum ? Enum.GetNames(type).Select(value => $"{type.Name}.{value}") : type.GetProperties().Select(property => $"{type.Name}.{property.Name}")]
                    select name;
        Assert.Contains("Detector.Fight", names);
        Assert.Contains("DetectorObserved.Because", names);
        Assert.DoesNotContain(names, name => Words(name).Any(Never.Contains));
    }

    [Theory, InlineData("FaceSeen.Gender"), InlineData("Kind.AgeGroup"), InlineData("MoodScore"), InlineData("Person.SkinTone"), InlineData("Detector.Emotion")]
    public void A_place_for_it_would_be_found(string name) => Assert.Contains(Words(name), word => Never.Contains(word));

    [Theory, InlineData("Page.Next"), InlineData("Stage"), InlineData("Message.Language"), InlineData("Manager"), InlineData("Threshold")]
    public void Other_words_are_let_through(string name) => Assert.DoesNotContain(Words(name), word => Never.Contains(word));

    /// <summary>A new one is added here with the program that does it, after somebody has read this.</summary>
    [Fact]
    public void The_kinds_of_detectors_are_a_closed_list() => Assert.Equal(["Fight", "WatchList", "Crowd", "Aggression", "ExitBlockage", "LeftObject"], Enum.GetNames<Detector>());

    static IEnumerable<string> Words(string name) => Word().Matches(name).Select(word => word.Value.ToLowerInvariant());

    static string Plain(string name) => name.Split('`')[0];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
