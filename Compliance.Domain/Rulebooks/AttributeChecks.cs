using System.Globalization;

namespace Compliance.Domain.Rulebooks;

/// <summary>Checks of one attribute against a number, a text or a list, and of how many things there are.</summary>
static class AttributeChecks
{
    extension(Scene scene)
    {
        public Judged Compare(string name, Need need, decimal? limit, Func<decimal, bool> meets, Func<decimal, bool>? belowAdvice = null) =>
            scene.Of(name, need, Scene.Say(limit), limit is not null,
                known => known is Known.Number(var n, _) ? (meets(n), Scene.Say(n)!) : (false, "?"),
                known => known is Known.Number(var n, _) && belowAdvice?.Invoke(n) == true);

        public Judged Text(string name, Need need, IReadOnlyList<string>? values, Func<string, bool> meets) =>
            scene.Of(name, need, Join(values), values is not null, known => (values is not null && meets(Read(known)), Read(known)));

        public Judged Texts(string name, Need need, IReadOnlyList<string>? values, Func<IReadOnlyList<string>, bool> meets) =>
            scene.Of(name, need, Join(values), values is not null, known =>
                known is Known.Texts(var found, _) ? (values is not null && meets(found), Join(found)!) : (false, Read(known)));

        /// <summary>Two attributes of one type: the first is not the greater, or not the later.</summary>
        public Judged NotPast(string name, string other)
        {
            var (of, key, bound) = scene.Find(other);
            if (bound is null && scene.Find(name).Known is not null) return Scene.Ground(Outcome.Unknown, of, key, null, Need.Known, null, null);
            return scene.Of(name, Need.NotPast, bound is null ? null : Read(bound), bound is not null, known => ((known, bound) switch
            {
                (Known.Number(var one, _), Known.Number(var two, _)) => one <= two,
                (Known.Instant(var one, _), Known.Instant(var two, _)) => one <= two,
                _ => false,
            }, Read(known)));
        }

        public Judged Known(string name) => scene.Of(name, Need.Known, null, true, known => (Read(known).Length > 0, Read(known)));

        public Judged AtLeastSum(Check.AtLeastSum sum)
        {
            var chosen = scene.Chosen(sum.Of, sum.Where);
            var parts = chosen.Select(x => x.Sure ? (x.Thing[sum.Sum] as Known.Number)?.Value : null).ToArray();
            var needed = scene.Complete(sum.Of) && parts.All(p => p is not null) ? sum.Times * parts.Sum() : null;
            var judged = scene.Compare(sum.Attribute, Need.AtLeast, needed, n => n >= needed);
            return needed is not null ? judged : judged with
            {
                Grounds = [.. judged.Grounds, .. chosen.Where(x => !x.Sure).SelectMany(x => x.Meant.Grounds), .. chosen.Where(x => x.Sure && x.Thing[sum.Sum] is null)
                    .SelectMany(x => Scene.Ground(Outcome.Unknown, x.Thing, sum.Sum, null, Need.Known, null, null).Grounds)],
            };
        }

        public Judged Count(string kind, Check? where, decimal? min, decimal? max)
        {
            var things = scene.Chosen(kind, where);
            return scene.Counted(kind, things.Count(x => x.Sure), [.. things.Where(x => !x.Sure).Select(x => x.Meant)], min, max);
        }

        public Judged CountByTable(Check.CountByTable table)
        {
            var (of, name, known) = scene.Find(table.By);
            if (known is not Known.Number(var size, _) || table.Steps is null)
                return Scene.Ground(Outcome.Unknown, of, name, null, Need.Known, null, known);
            return scene.Count(table.Of, table.Where, table.Steps.First(s => s.UpTo is null || size <= s.UpTo).Min, null);
        }

        public Judged CountByHeads(Check.CountByHeads heads)
        {
            var (of, name, known) = scene.Find(heads.Persons);
            if (known is not Known.Number(var persons, _))
            {
                // Fewer than the first ones are too few for anybody.
                var least = scene.Count(heads.Of, heads.Where, heads.First, null);
                return least.Outcome == Outcome.Fail ? least : Scene.Ground(Outcome.Unknown, of, name, null, Need.Known, null, null);
            }

            var min = heads is { Per: > 0 } ? heads.First + Math.Ceiling(Math.Max(0, persons - (heads.UpTo ?? 0)) / heads.Per.Value) : null;
            var inside = Scene.Ground(Outcome.Pass, of, name, Scene.Say(persons), Need.Known, null, known);
            var guards = scene.Count(heads.Of, heads.Where, min, null);
            return guards with { Grounds = [.. guards.Grounds, .. inside.Grounds] };
        }
    }

    static string? Join(IReadOnlyList<string>? values) => values is null ? null : string.Join(", ", values);

    static string Read(Known known) => known switch
    {
        Known.Flag(var value, _) => value ? "true" : "false",
        Known.Number(var value, _) => Scene.Say(value)!,
        Known.Text(var value, _) => value,
        Known.Texts(var values, _) => Join(values)!,
        Known.Instant(var value, _) => value.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        _ => "",
    };
}
