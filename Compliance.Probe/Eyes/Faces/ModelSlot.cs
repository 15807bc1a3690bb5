using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Domain.WatchLists;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>How a network wants its picture, or the pictures of a clip: (value - mean) * scale, value from 0 to 255, channels in that order, planes one after the other.</summary>
/// <param name="Order">RGB or BGR.</param>
/// <param name="Means">Where each channel has a mean of its own: three, in that order; <paramref name="Scales"/> likewise.</param>
/// <param name="Frames">Of a clip; 0: one picture.</param>
/// <param name="Layout">Of a clip: CTHW, all frames of a channel before the next channel, or TCHW, all channels of a frame before the next frame.</param>
internal sealed record SlotInput(
    int Width, int Height, string Order, float Mean = 0, float Scale = 1, IReadOnlyList<float>? Means = null, IReadOnlyList<float>? Scales = null, int Frames = 0, string Layout = SlotInput.ByChannel)
{
    public const string ByChannel = "CTHW", ByFrame = "TCHW";

    const int MostFrames = 64, MostValues = 64 << 20;

    public float MeanOf(int channel) => Means?[channel] ?? Mean;

    public float ScaleOf(int channel) => Scales?[channel] ?? Scale;

    public bool IsClip => Frames > 0;

    public IReadOnlyList<int> Shape => !IsClip ? [1, 3, Height, Width] : Layout == ByChannel ? [1, 3, Frames, Height, Width] : [1, Frames, 3, Height, Width];

    public bool IsWhole => this is { Width: > 0 and <= 4096, Height: > 0 and <= 4096, Order: "RGB" or "BGR", Frames: >= 0 and <= MostFrames, Layout: ByChannel or ByFrame }
        && (long)Width * Height * 3 * Math.Max(1, Frames) <= MostValues && (Means ?? [0, 0, 0]).Count == 3 && (Scales ?? [1, 1, 1]).Count == 3;
}

/// <summary>How the answer of a classifier of clips is read.</summary>
/// <param name="Fight">Which of its classes is a fight, from 0.</param>
/// <param name="Classes">How many there are; 1: one number, the higher the more it looks like a fight.</param>
/// <param name="Logits">The numbers are no shares yet: softmax, or for one number the logistic function, makes them so.</param>
/// <param name="Threshold">From which share on it is called a fight, where it stands alone.</param>
internal sealed record SlotClasses(int Fight, int Classes, bool Logits, double Threshold = 0.5)
{
    public bool IsWhole => Classes is > 0 and <= 4096 && Fight >= 0 && Fight < Classes && Threshold is > 0 and < 1;
}

/// <summary>A place for a network that a user downloads or brings: what it must be, to the byte, and how it is fed.</summary>
/// <param name="Slot"><c>face-detector</c> (the outputs of YuNet), <c>face-recogniser</c> (one vector), <c>person-detector</c> (the outputs of NanoDet) or <c>video-classifier</c> (one number a class).</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="Sha256">Of the file, hexadecimal.</param>
/// <param name="Address">Where it is offered by its makers.</param>
/// <param name="Length">Of a recogniser's vector.</param>
/// <param name="Thresholds">Of a recogniser, as measured; empty where nobody did: then it matches nobody.</param>
/// <param name="Answer">Of a classifier of clips.</param>
internal sealed record ModelSlot(
    string Slot, string Name, string File, long Bytes, string Sha256, string Licence, string Address, SlotInput Input, int Length = 0, IReadOnlyList<FmrPoint>? Thresholds = null, SlotClasses? Answer = null);

/// <summary>
/// Which networks fit where: the list that came with the program (<c>models/models.json</c>), and the user's own beside the downloaded files, whose slots stand before
/// it. What was measured of a recogniser on this machine lies beside its file, by its hash.
/// </summary>
internal sealed record ModelSlots(string Folder, IReadOnlyList<ModelSlot> All)
{
    public const string Detector = "face-detector", Recogniser = "face-recogniser", Persons = "person-detector", Video = "video-classifier", ListName = "models.json", Format = "compliance.slots.v1";

    /// <summary>The folder of downloaded networks: <c>COMPLIANCE_MODELS</c>, else one in the user's home.</summary>
    public static string FolderOfUser => Environment.GetEnvironmentVariable("COMPLIANCE_MODELS") is { Length: > 0 } named
        ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "compliance", "models");

    /// <exception cref="ModelRefused">A list cannot be understood.</exception>
    public static ModelSlots Read(string? folder = null, string? shipped = null)
    {
        folder ??= FolderOfUser;
        var own = List(Path.Combine(folder, ListName));
        var all = List(shipped ?? Path.Combine(AppContext.BaseDirectory, "models", ListName));
        return new(folder, [.. own, .. all.Where(slot => own.All(mine => mine.Slot != slot.Slot))]);
    }

    public ModelSlot? this[string slot] => All.FirstOrDefault(one => one.Slot == slot);

    public string PathOf(ModelSlot slot) => Path.Combine(Folder, slot.File);

    /// <summary>What was measured of a recogniser: by its maker's list, or here with <c>./run evaluate faces … --keep</c>.</summary>
    public ThresholdTable ThresholdsOf(ModelSlot slot)
    {
        if (slot.Thresholds is { Count: > 0 } listed) return new(listed);
        var path = MeasuredPath(slot);
        if (!File.Exists(path)) return ThresholdTable.None;
        try
        {
            return new(JsonSerializer.Deserialize<FmrPoint[]>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? []);
        }
        catch (JsonException broken)
        {
            throw new ModelRefused(path, $"cannot be understood: {broken.Message}");
        }
    }

    public void Keep(ModelSlot slot, ThresholdTable table) => File.WriteAllBytes(MeasuredPath(slot), JsonSerializer.SerializeToUtf8Bytes(table.Points, JsonSerializerOptions.Web));

    /// <summary>The bytes of a slot's file, if they are the ones that are listed.</summary>
    /// <exception cref="ModelRefused">It is missing, or another file.</exception>
    public byte[] BytesOf(ModelSlot slot)
    {
        var path = PathOf(slot);
        if (!File.Exists(path)) throw new ModelRefused(path, "is not installed: ./run models");
        if (new FileInfo(path).Length is var length && length != slot.Bytes) throw new ModelRefused(path, $"has {length} bytes; {ListName} says {slot.Bytes}");
        var bytes = File.ReadAllBytes(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == slot.Sha256 ? bytes : throw new ModelRefused(path, $"has the SHA-256 {hash}; {ListName} says {slot.Sha256}");
    }

    /// <summary>Of the comparison that is made, one template a person against single pictures. A table of another one is not read: its thresholds would let more strangers through than they promise.</summary>
    string MeasuredPath(ModelSlot slot) => Path.Combine(Folder, $"{slot.Sha256}.thresholds.v2.json");

    static ModelSlot[] List(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.GetProperty("format").GetString() != Format) throw new FormatException($"its format is not {Format}");
            var slots = json.RootElement.GetProperty("slots").Deserialize<ModelSlot[]>(JsonSerializerOptions.Web)!;
            foreach (var slot in slots)
                if (slot is not { Input.IsWhole: true } || slot.File != Path.GetFileName(slot.File) || slot.Sha256?.Length != 64)
                    throw new FormatException($"slot {slot.Slot} needs a plain file name, its SHA-256 and an input of RGB or BGR");
            return slots;
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelRefused(path, $"cannot be understood: {broken.Message}");
        }
    }
}
