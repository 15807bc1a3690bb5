using System.Security.Cryptography;

namespace Compliance.Probe.Eyes.Faces;

/// <summary><c>./run models</c>: brings what the slots want, from its makers or from a folder, and keeps no file with another hash.</summary>
internal static class FetchModels
{
    /// <param name="from">A folder that has the files already; null: from their makers' addresses.</param>
    public static async Task<int> Run(ModelSlots slots, string? from, HttpClient http, TextWriter output, CancellationToken ct = default)
    {
        Directory.CreateDirectory(slots.Folder);
        var missing = 0;
        foreach (var slot in slots.All)
        {
            try
            {
                slots.BytesOf(slot);
                await output.WriteLineAsync($"{slot.Slot}: {slot.Name} is there ({slots.PathOf(slot)})");
                continue;
            }
            catch (ModelRefused)
            {
                // It is brought.
            }

            var why = await Bring(slots, slot, from, http, ct);
            if (why is not null) missing++;
            await output.WriteLineAsync(why is null ? $"{slot.Slot}: {slot.Name}, {slot.Bytes} bytes, licence {slot.Licence} ({slots.PathOf(slot)})" : $"{slot.Slot}: {slot.Name} is missing: {why}");
        }

        return missing == 0 ? 0 : 1;
    }

    static async Task<string?> Bring(ModelSlots slots, ModelSlot slot, string? from, HttpClient http, CancellationToken ct)
    {
        var half = $"{slots.PathOf(slot)}.part";
        try
        {
            await using (var source = from is null ? await http.GetStreamAsync(new Uri(slot.Address), ct) : File.OpenRead(Path.Combine(from, slot.File)))
            await using (var target = File.Create(half))
            {
                var (buffer, all) = (new byte[1 << 16], 0L);
                while (await source.ReadAsync(buffer, ct) is > 0 and var read)
                {
                    if ((all += read) > slot.Bytes) return $"it is larger than the {slot.Bytes} bytes that are listed";
                    await target.WriteAsync(buffer.AsMemory(0, read), ct);
                }
            }

            var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(half, ct)));
            if (hash != slot.Sha256) return $"what came has the SHA-256 {hash}, not {slot.Sha256}";
            File.Move(half, slots.PathOf(slot), overwrite: true);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or UriFormatException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return e.Message;
        }
        finally
        {
            File.Delete(half);
        }
    }
}
