using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Persons;

namespace Compliance.Probe.Eyes;

/// <summary>Cuts the frames of one camera into windows of two seconds, one each second, as they come.</summary>
/// <param name="person">A person's height as a share of the picture's, where it is the same all over the picture.</param>
/// <param name="view">The camera's calibration; where there is neither, heights are measured by boxes, or guessed.</param>
/// <param name="find">Finds persons, where windows are to be judged by them too.</param>
/// <param name="pictures">Whether windows come with their pictures.</param>
internal sealed class WindowMaker(double? person = null, ViewCalibration? view = null, FindPersons? find = null, bool pictures = false)
{
    /// <summary>In frames.</summary>
    public const int Length = 2 * Frame.Rate, Hop = Frame.Rate;

    /// <summary>Of a window that the end of the footage cut short: the first one, and one that follows others.</summary>
    const int ShortestAlone = 8, ShortestLast = 16;

    /// <summary>Persons are looked for in each second frame: five times a second.</summary>
    public const int EachFrame = 2;

    readonly List<(TimeSpan At, Frame? Frame, MotionField? Field, IReadOnlyList<PersonBox>? Persons)> _held = [];
    (int, int) _size;
    bool _any;

    /// <summary>The window that this instant completes, if it does.</summary>
    public Window? See(Glance glance)
    {
        if (glance.Frame is { } frame && _size != (frame.Width, frame.Height))
        {
            _held.Clear(); // a camera that changes its shape is another picture
            _size = (frame.Width, frame.Height);
        }

        var looked = glance.Frame is not null && _held.Count % EachFrame == 0;
        _held.Add((glance.At, pictures ? glance.Frame : null, glance.Motion, looked ? find?.Invoke(glance.Frame!) : null));
        return _held.Count == Length ? Cut() : null;
    }

    /// <summary>What is left at the end, where it is enough.</summary>
    public Window? Rest() => _held.Count >= (_any ? ShortestLast : ShortestAlone) ? Cut() : null;

    Window Cut()
    {
        _any = true;
        var window = new Window(
            _held[0].At, _held[^1].At + TimeSpan.FromSeconds(1.0 / Frame.Rate), _held.Count, _held.Count(one => one.Field is null),
            find is null ? WindowFeatures.Of([.. _held.Select(one => one.Field)], person, view) : WindowFeatures.OfPersons([.. _held.Select(one => one.Field)], [.. _held.Select(one => one.Persons)], person, view),
            pictures ? [.. _held.Select(one => one.Frame).OfType<Frame>()] : null);
        _held.RemoveRange(0, Math.Min(Hop, _held.Count));
        return window;
    }

    /// <summary>All windows of a file.</summary>
    public static async Task<IReadOnlyList<Window>> Of(IAsyncEnumerable<Frame> frames, double? person = null, FindPersons? find = null, bool pictures = false, CancellationToken ct = default)
    {
        var (maker, motion, windows) = (new WindowMaker(person, find: find, pictures: pictures), new MotionSense(), new List<Window>());
        await foreach (var frame in frames.WithCancellation(ct))
            if (maker.See(new(frame.At, frame, motion.See(frame))) is { } window) windows.Add(window);
        if (maker.Rest() is { } rest) windows.Add(rest);
        return windows;
    }
}
