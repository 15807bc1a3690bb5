using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;

namespace Compliance.Domain.Tests.Access;

/// <summary>How police looked, as anybody may read it: counts of months that are over, and never one so small that it points at somebody.</summary>
public sealed class LookFigureSpecs
{
    static readonly DateTimeOffset Now = new(2026, 11, 15, 12, 0, 0, TimeSpan.Zero), October = new(2026, 10, 10, 20, 0, 0, TimeSpan.Zero);

    static AccessRow Row(AccessPurpose purpose = AccessPurpose.CallTo102, string unit = "ЦОУ-2", double seconds = 60, bool urgent = false, bool? justified = null, DateTimeOffset? at = null) => new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), unit, purpose, "1", null, urgent, [Guid.Empty], at ?? October, October.AddMinutes(15), October.AddDays(30),
        seconds > 0 ? [new(Guid.Empty, October, October.AddSeconds(seconds))] : [], [], [], October.AddMinutes(15), AccessEnd.TimeEnded, null, false, justified is { } said ? new(Guid.Empty, October, said, "x") : null, Guid.NewGuid(), LogPosition.Start);

    static MonthLooks Of(params AccessRow[] rows) => MonthLooks.Of(rows, Now)[0];

    [Fact]
    public void Months_that_are_over_are_told_the_newest_first_and_the_running_one_is_not()
    {
        var months = MonthLooks.Of([Row(at: Now), Row(at: October)], Now);
        Assert.Equal((MonthLooks.Months, new DateOnly(2026, 10, 1), new DateOnly(2025, 11, 1)), (months.Count, months[0].Month, months[^1].Month));
        Assert.Null(months[0].All); // one look points at somebody
        Assert.Equal(0, months[1].All);
    }

    [Fact]
    public void Counts_that_stand_for_many_are_told_by_purpose_and_kind_of_unit_with_the_middle_duration()
    {
        AccessRow[] rows = [.. Enumerable.Range(1, 6).Select(i => Row(seconds: i * 10)), .. Enumerable.Range(0, 5).Select(_ => Row(AccessPurpose.WantedPerson, "УП Медеу", 300))];
        var month = Of(rows);
        Assert.Equal((11, 60), (month.All, month.MedianSeconds));
        Assert.Equal([6, 5], month.ByPurpose.Where(l => l.Count > 0).Select(l => l.Count!.Value));
        Assert.Equal([("OperationsCentre", 6), ("Station", 5)], month.ByUnit.Where(l => l.Count > 0).Select(l => (l.Key, l.Count!.Value)));
    }

    [Fact]
    public void What_is_small_is_withheld_and_with_it_whatever_it_would_follow_from()
    {
        var month = Of([.. Enumerable.Range(0, 9).Select(_ => Row()), Row(AccessPurpose.MissingPerson), Row(seconds: 0)]);
        Assert.Null(month.All);
        Assert.Null(month.ByPurpose.Single(l => l.Key == nameof(AccessPurpose.MissingPerson)).Count);
        Assert.Contains(month.ByUnit, l => l.Count is null); // the other telling of the same sum has a gap too
        Assert.Null(month.NeverViewed);
        Assert.Null(Of(Row(), Row()).MedianSeconds);
    }

    [Fact]
    public void Urgent_looks_are_told_with_what_was_said_of_them()
    {
        var month = Of([.. Enumerable.Range(0, 6).Select(_ => Row(urgent: true, justified: true)), .. Enumerable.Range(0, 5).Select(_ => Row(urgent: true, justified: false))]);
        Assert.Equal([11, 6, 5, 0], month.Urgent.Select(l => l.Count!.Value));
        Assert.Null(Of([.. Enumerable.Range(0, 6).Select(_ => Row(urgent: true, justified: true)), Row(urgent: true, justified: false)]).Urgent[0].Count);
    }

    [Theory, InlineData("ЦОУ-2", UnitKind.OperationsCentre), InlineData("УП Алмалы", UnitKind.Station), InlineData("Медеу АПБ", UnitKind.Other), InlineData("ДП Алматы", UnitKind.Department), InlineData("СОБР", UnitKind.Other)]
    public void The_kind_of_a_unit_is_told_by_its_first_word(string unit, UnitKind kind) => Assert.Equal(kind, MonthLooks.KindOf(unit));
}
