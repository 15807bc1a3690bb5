using System.Globalization;
using Compliance.Domain.Detectors;

namespace Compliance.Web.Parts.Detectors;

/// <summary>
/// A calibration under somebody's hand. Its parts are named as the sheet names them: <c>person:0:foot</c>, <c>person:0:head</c>, <c>floor:2</c>, <c>zone:1:3</c>. Each change can be taken back.
/// </summary>
public sealed class CalibrationDraft
{
    /// <summary>Where two persons stand before anybody moved them; nobody saves them by mistake.</summary>
    static readonly PersonMark[] Unplaced = [Standing(0.4, 0.5, 0.22), Standing(0.6, 0.92, 0.5)];

    readonly Stack<ViewCalibration> _before = [];
    ViewCalibration? _kept;

    public ViewCalibration Now { get; private set; } = new(Unplaced, [], null, []);

    public bool CanUndo => _before.Count > 0;

    public bool IsChanged => !Now.Equals(_kept ?? new(Unplaced, [], null, []));

    /// <summary>Somebody moved every person to where one stands.</summary>
    public bool IsPlaced => !Now.Persons.Any(Unplaced.Contains);

    /// <summary>As it stands in the register; null where nobody drew it yet.</summary>
    public void Take(ViewCalibration? kept)
    {
        _kept = kept;
        Reset();
        _before.Clear();
    }

    public void Undo() => Now = _before.TryPop(out var before) ? before : Now;

    public void Reset() => Put(_kept ?? new(Unplaced, [], null, []));

    /// <summary>A foot takes its head along; what would leave the picture stays at its edge.</summary>
    public void Move(string what, double x, double y)
    {
        var to = Inside(x, y);
        switch (Read(what))
        {
            case ("person", var i, 0) when i < Now.Persons.Count:
                var before = Now.Persons[i];
                SetPerson(i, new(to, Inside(before.Head.X + to.X - before.Foot.X, before.Head.Y + to.Y - before.Foot.Y)));
                break;
            case ("person", var i, 1) when i < Now.Persons.Count:
                SetPerson(i, Now.Persons[i] with { Head = to });
                break;
            case ("floor", 0, var corner) when corner < Now.Floor.Count:
                Put(Now with { Floor = With(Now.Floor, corner, to) });
                break;
            case ("zone", var zone, var corner) when zone < Now.KeptClear.Count && corner < Now.KeptClear[zone].Corners.Count:
                SetZone(zone, Now.KeptClear[zone] with { Corners = With(Now.KeptClear[zone].Corners, corner, to) });
                break;
            default:
                break;
        }
    }

    /// <summary>A person, or a corner of what has more than three.</summary>
    public void Remove(string what)
    {
        switch (Read(what))
        {
            case ("person", var i, _) when i < Now.Persons.Count && Now.Persons.Count > ViewCalibration.FewestMarks:
                Put(Now with { Persons = Without(Now.Persons, i) });
                break;
            case ("floor", 0, var corner) when corner < Now.Floor.Count && Now.Floor.Count > ViewCalibration.FewestCorners:
                Put(Now with { Floor = Without(Now.Floor, corner) });
                break;
            case ("zone", var zone, var corner) when zone < Now.KeptClear.Count && corner < Now.KeptClear[zone].Corners.Count && Now.KeptClear[zone].Corners.Count > ViewCalibration.FewestCorners:
                SetZone(zone, Now.KeptClear[zone] with { Corners = Without(Now.KeptClear[zone].Corners, corner) });
                break;
            default:
                break;
        }
    }

    /// <summary>One more corner, half way to the next.</summary>
    public void AddCorner(string after)
    {
        switch (Read(after))
        {
            case ("floor", 0, var corner) when corner < Now.Floor.Count && Now.Floor.Count < ViewCalibration.MostCorners:
                Put(Now with { Floor = More(Now.Floor, corner) });
                break;
            case ("zone", var zone, var corner) when zone < Now.KeptClear.Count && corner < Now.KeptClear[zone].Corners.Count && Now.KeptClear[zone].Corners.Count < ViewCalibration.MostCorners:
                SetZone(zone, Now.KeptClear[zone] with { Corners = More(Now.KeptClear[zone].Corners, corner) });
                break;
            default:
                break;
        }
    }

    /// <summary>As tall as expected where nobody stands yet.</summary>
    public void AddPerson()
    {
        if (Now.Persons.Count >= ViewCalibration.MostMarks) return;
        var foot = new ViewPoint(0.15 + 0.14 * Now.Persons.Count, 0.75);
        Put(Now with { Persons = [.. Now.Persons, new(foot, Inside(foot.X, foot.Y - Now.HeightAt(foot.Y)))] });
    }

    public void DrawFloor() => Put(Now with { Floor = [new(0.15, 0.4), new(0.85, 0.4), new(0.98, 0.98), new(0.02, 0.98)] });

    public void RemoveFloor() => Put(Now with { Floor = [], MostPersons = null });

    public void AddZone()
    {
        if (Now.KeptClear.Count >= ViewCalibration.MostZones) return;
        var left = 0.05 + 0.1 * Now.KeptClear.Count;
        Put(Now with { KeptClear = [.. Now.KeptClear, new(null, [new(left, 0.3), new(left + 0.12, 0.3), new(left + 0.12, 0.7), new(left, 0.7)])] });
    }

    public void RemoveZone(int zone) => Put(Now with { KeptClear = Without(Now.KeptClear, zone) });

    public void SetExit(int zone, Guid? exit) => SetZone(zone, Now.KeptClear[zone] with { ExitId = exit });

    public void SetMost(int? persons) => Put(Now with { MostPersons = persons });

    void SetPerson(int at, PersonMark person) => Put(Now with { Persons = With(Now.Persons, at, person) });

    void SetZone(int at, ClearZone zone) => Put(Now with { KeptClear = With(Now.KeptClear, at, zone) });

    void Put(ViewCalibration next)
    {
        if (next.Equals(Now)) return;
        _before.Push(Now);
        Now = next;
    }

    /// <summary>Of a person 0 is the foot and 1 the head.</summary>
    static (string Kind, int Of, int Part)? Read(string what) => what.Split(':') switch
    {
        ["person", var i, var end] when Number(i) is { } of => ("person", of, end == "head" ? 1 : 0),
        ["floor", var i] when Number(i) is { } corner => ("floor", 0, corner),
        ["zone", var i, var j] when Number(i) is { } of && Number(j) is { } corner => ("zone", of, corner),
        _ => null,
    };

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static PersonMark Standing(double x, double foot, double height) => new(new(x, foot), new(x, foot - height));

    static ViewPoint Inside(double x, double y) => new(Math.Round(Math.Clamp(x, 0, 1), 4), Math.Round(Math.Clamp(y, 0, 1), 4));

    static T[] With<T>(IReadOnlyList<T> all, int at, T one) => [.. all.Select((old, i) => i == at ? one : old)];

    static T[] Without<T>(IReadOnlyList<T> all, int at) => [.. all.Where((_, i) => i != at)];

    static ViewPoint[] More(IReadOnlyList<ViewPoint> all, int after) =>
        all[(after + 1) % all.Count] is var next ? [.. all.Take(after + 1), Inside((all[after].X + next.X) / 2, (all[after].Y + next.Y) / 2), .. all.Skip(after + 1)] : [];
}
