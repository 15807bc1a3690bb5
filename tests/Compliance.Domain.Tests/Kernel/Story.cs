using Compliance.Domain.Kernel;

namespace Compliance.Domain.Tests.Kernel;

/// <summary>Facts as a log would hold them, a minute apart, for views and policies.</summary>
static class Story
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static Recorded[] Of(params (Guid Stream, object Fact)[] facts)
    {
        var revisions = new Dictionary<StreamId, long>();
        return [.. facts.Select((f, i) =>
        {
            var stream = new StreamId(EventCatalog.NameOf(f.Fact).Split('.')[0], f.Stream);
            var revision = revisions[stream] = revisions.GetValueOrDefault(stream, -1) + 1;
            var origin = new Origin(EventIds.From(Guid.Empty, $"{i}"), "user:test");
            return new Recorded(stream, revision, new((ulong)i + 1, (ulong)i + 1), EventIds.For(origin, stream, 0),
                EventCatalog.NameOf(f.Fact), EventCatalog.Encode(f.Fact), Noon.AddMinutes(i), origin);
        })];
    }
}
