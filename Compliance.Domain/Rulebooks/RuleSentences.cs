using System.Globalization;

namespace Compliance.Domain.Rulebooks;

/// <summary>The grounds of a result and what is to be done about it, in whole sentences that the owner of a club reads.</summary>
public static class RuleSentences
{
    /// <summary>As many things as a sentence can name and still be read.</summary>
    const int Named = 3;

    /// <summary>One ground: the thing, its attribute, what was found and what is needed.</summary>
    /// <param name="nameOf">What people call a thing, by its id; null: not known.</param>
    public static string Said(this Ground ground, string language, Func<string, string?>? nameOf = null)
    {
        var (thing, found, needed) = (Thing(ground, language, nameOf), ground.FoundIn(language), ground.NeededIn(language));
        var attribute = RuleWords.Say($"{ground.Kind}.{ground.Attribute}", language);
        var said = (Vocabulary.Find(ground.Kind, ground.Attribute)?.Type, ground) switch
        {
            (null, _) => RuleValues.Filled("ground.count", language, thing, found, needed),
            (WordType.Flag, { Need: Need.Is, Found: not null }) => RuleValues.Filled("ground.flag", language, thing, attribute, found),
            (WordType.Number, { Need: Need.AtLeast or Need.AtMost, Found: not null, Needed: not null }) => RuleValues.Filled("ground.number", language, thing, attribute, found, needed),
            _ => RuleValues.Filled("ground", language, thing, attribute, found, needed),
        };
        return OneStop(ground.Advised ? RuleValues.Filled("ground.advised", language, said) : said);
    }

    /// <summary>What somebody has to do about a rule that failed or is unknown: a step for everything that failed; none where there is nothing to do.</summary>
    public static IReadOnlyList<string> Steps(this RuleAnswer rule, string language, Func<string, string?>? nameOf = null)
    {
        if (rule.Outcome is not (Outcome.Fail or Outcome.Unknown)) return [];
        if (rule.BySystem) return [RuleWords.Say("do.system", language)];
        var grounds = rule.Grounds.Where(g => g.Outcome == rule.Outcome).ToArray();
        if (grounds.Any(g => g.IsUnread())) return [RuleWords.Say("do.unread", language)];
        return [.. rule.Outcome == Outcome.Fail
            ? grounds.GroupBy(g => (g.Kind, g.Attribute, g.Need, Needed: g.Need == Need.Within ? null : g.Needed)).Select(alike => Mend(alike, language, nameOf))
            : grounds.GroupBy(g => (g.Kind, Listed: g.Attribute.Length > 0)).Select(alike => Write(alike, language, nameOf))];
    }

    static string Mend(IEnumerable<Ground> alike, string language, Func<string, string?>? nameOf)
    {
        var first = alike.First();
        var key = (first.Need, first.Needed) is (Need.Is, "true" or "false") ? $"do.Is.{first.Needed}" : $"do.{first.Need}";
        return OneStop(RuleValues.Filled(key, language, Things(alike, language, nameOf), RuleWords.Say($"{first.Kind}.{first.Attribute}", language),
            RuleValues.Of(first.Kind, first.Attribute, first.Need, first.Needed, language)));
    }

    static string Write(IEnumerable<Ground> alike, string language, Func<string, string?>? nameOf)
    {
        var things = Things(alike, language, nameOf);
        return alike.First().Attribute.Length == 0 ? RuleValues.Filled("do.list", language, things)
            : OneStop(RuleValues.Filled("do.write", language, things, string.Join(", ", alike.Select(g => RuleWords.Say($"{g.Kind}.{g.Attribute}", language)).Distinct())));
    }

    /// <summary>Some by name, the rest by number.</summary>
    static string Things(IEnumerable<Ground> alike, string language, Func<string, string?>? nameOf)
    {
        string[] things = [.. alike.Select(g => Thing(g, language, nameOf)).Distinct()];
        return things.Length <= Named + 1 ? string.Join(", ", things)
            : RuleValues.Filled("and-more", language, string.Join(", ", things.Take(Named)), things.Length - Named);
    }

    static string Thing(Ground ground, string language, Func<string, string?>? nameOf) =>
        ground.Kind == Vocabulary.Venue ? First($"kind.{ground.Kind}", language)
        : ground.ThingId.Length == 0 ? First($"kinds.{ground.Kind}", language)
        : nameOf?.Invoke(ground.ThingId) ?? (ground.Label.Length > 0 ? ground.Label : First($"kind.{ground.Kind}", language));

    /// <summary>A word of the vocabulary where a sentence begins.</summary>
    static string First(string key, string language) => RuleWords.Say(key, language) is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.GetCultureInfo(language)) + rest : "";

    /// <summary>The stop of an abbreviation ends the sentence too.</summary>
    static string OneStop(string said) => said.Replace("..", ".", StringComparison.Ordinal);
}
