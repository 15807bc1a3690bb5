using Compliance.Domain.Kernel;
using CsCheck;

namespace Compliance.Domain.Tests.Kernel;

public sealed class KernelTests
{
    [Fact]
    public void A_position_survives_its_text() => Gen.Select(Gen.ULong, Gen.ULong).Sample((commit, prepare) =>
        LogPosition.Parse(new LogPosition(commit, prepare).ToString(), null) == new LogPosition(commit, prepare));

    [Fact]
    public void Positions_are_ordered_by_commit_then_prepare() => Assert.True(
        new LogPosition(1, 9) < new LogPosition(2, 0) && new LogPosition(2, 0) < new LogPosition(2, 1));

    [Theory, InlineData(""), InlineData("x"), InlineData("1-2-3"), InlineData("-1"), InlineData("11112222333344445")]
    public void What_is_no_position_is_refused(string text) => Assert.False(LogPosition.TryParse(text, null, out _));

    [Fact]
    public void A_stream_name_survives_its_text()
    {
        var stream = new StreamId("device", new Guid("00000000-0000-0000-0000-00000000000c"));
        Assert.Equal(stream, StreamId.Parse(stream.ToString()));
        Assert.Null(StreamId.Parse("$projections-$all"));
    }

    static readonly Origin Nobody = new(Guid.Empty, "user:nobody");

    [Fact]
    public void An_id_follows_from_what_it_names()
    {
        var stream = new StreamId("device", Guid.Empty);
        Assert.Equal(EventIds.For(Nobody, stream, 1), EventIds.For(Nobody, stream, 1));
        Assert.NotEqual(EventIds.For(Nobody, stream, 0), EventIds.For(Nobody, stream, 1));
        Assert.NotEqual(EventIds.For(Nobody, stream, 0), EventIds.For(Nobody with { Actor = "user:other" }, stream, 0));
        Assert.Equal(8, EventIds.For(Nobody, stream, 0).Version);
    }

    [Fact]
    public void The_latest_stands_on_top() => Assert.True(string.CompareOrdinal(
        ViewOrder.NewestFirst(Story.Noon.AddTicks(1)), ViewOrder.NewestFirst(Story.Noon)) < 0);
}
