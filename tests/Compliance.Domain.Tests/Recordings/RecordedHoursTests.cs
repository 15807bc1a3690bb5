using Compliance.Domain.Recordings;
using static Compliance.Domain.Recordings.RecordingEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Recordings;

public sealed class RecordedHoursTests
{
    static readonly Guid Camera = Guid.NewGuid(), Venue = Guid.NewGuid();

    static DateTimeOffset Hour(int n) => Noon.AddHours(n);

    static HourHashed Hashed(int n, int unread = 0) => new(Camera, Venue, Hour(n), "", 1, 1, unread, Hour(n + 1));

    static HourMissing Missing(int n) => new(Camera, Venue, Hour(n), Hour(n + 1));

    static RecordedHours Of(params RecordingEvent[] facts) => facts.Aggregate((RecordedHours?)null, (row, fact) => RecordedHours.View.Apply(row, fact, null!))!;

    [Fact]
    public void Hours_stand_in_their_order_whenever_they_were_told()
    {
        var row = Of(Hashed(2), Missing(3), Hashed(0), Hashed(6, unread: 1));
        Assert.Equal([RecordedHour.Hashed, RecordedHour.Untold, RecordedHour.Hashed, RecordedHour.Missing, RecordedHour.Untold, RecordedHour.Untold, RecordedHour.Partly, RecordedHour.Untold],
            Enumerable.Range(0, 8).Select(n => row.At(Hour(n))));
        Assert.Equal(RecordedHour.Untold, row.At(Hour(-1)));
    }

    [Fact]
    public void An_hour_that_differs_keeps_that_mark() => Assert.Equal(RecordedHour.Differed, Of(Hashed(0), Hashed(1), new HourDiffered(Camera, Venue, Hour(0), null, 0, 0, Hour(9))).At(Hour(0)));

    [Theory]
    [InlineData(RecordedHours.Kept + 5)]
    [InlineData((3 * RecordedHours.Kept) + 5)]
    public void Only_the_last_weeks_are_kept(int hours)
    {
        var row = Of(Hashed(0), Hashed(1), Hashed(hours), Hashed(1));
        Assert.True(row.Marks.Length <= RecordedHours.Kept);
        Assert.Equal(RecordedHour.Hashed, row.At(Hour(hours)));
        Assert.Equal(RecordedHour.Untold, row.At(Hour(1)));
    }

    [Fact]
    public void Every_day_since_the_first_is_asked_for_however_long_ago()
    {
        var row = Of(Hashed(0), Hashed(3 * RecordedHours.Kept), Hashed(1), Hashed(-30));
        Assert.Equal(Hour(-30), row.Since);
        Assert.Equal([.. Enumerable.Range(-1, (3 * RecordedHours.Kept / 24) + 2).Select(n => new DateTimeOffset(Noon.AddDays(n).Date, TimeSpan.Zero))], row.Days());
    }
}
