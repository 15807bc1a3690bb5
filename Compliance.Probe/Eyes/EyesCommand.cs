using System.Globalization;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Persons;
using Compliance.Probe.Eyes.Training;

namespace Compliance.Probe.Eyes;

/// <summary>The commands of the probe's program that need neither a camera nor a server.</summary>
internal static class EyesCommand
{
    const string Usage = "train fights DIR --into FOLDER [--seed N] [--trials] [--boxes] | evaluate fights DIR [--boxes] [--video] | evaluate stream FILE [--person SHARE | --view FILE] | evaluate senses DIR [--light=NAME] | evaluate streams DIR [--boxes] [--seed N]\n"
        + "evaluate faces --images DIR --pairs FILE [--keep] | evaluate tamper DIR [--every SECONDS] | evaluate persons DIR | models [--from DIR]";

    public static bool Is(string[] args) => args is ["train" or "evaluate" or "models" or "faces", ..];

    public static async Task<int> Run(string[] args)
    {
        OpenCvSharp.Cv2.SetNumThreads(1);
        try
        {
            switch (args)
            {
                case ["train", "fights", var folder, "--into", var into, .. var rest]:
                    string[] options = [.. rest.Where(word => word is not ("--trials" or "--boxes"))];
                    if (options is not ([] or ["--seed", _])) break;
                    using (var persons = rest.Contains("--boxes") ? PersonFinder.Open(ModelSlots.Read()) : null)
                        return await TrainFights.Run(folder, into, options is [_, var seed] ? int.Parse(seed, CultureInfo.InvariantCulture) : 1, rest.Contains("--trials"), persons);
                case ["evaluate", "fights", var folder, .. var rest] when rest is [] or ["--boxes"] or ["--video"] or ["--boxes", "--video"]:
                    using (var persons = rest.Contains("--boxes") ? PersonFinder.Open(ModelSlots.Read()) : null)
                    using (var video = rest.Contains("--video") ? VideoClassifier.Open(ModelSlots.Read()) ?? throw new FormatException($"There is no slot {ModelSlots.Video} in {ModelSlots.ListName}.") : null)
                        return await EvaluateFights.Folder(folder, FightModel.Shipped(persons is not null), new(persons, video), Console.Out);
                case ["evaluate", "streams", var folder, .. var rest] when rest is [] or ["--seed", _] or ["--boxes"] or ["--boxes", "--seed", _]:
                    using (var persons = rest is ["--boxes", ..] ? PersonFinder.Open(ModelSlots.Read()) : null)
                        return await StitchedStreams.Run(folder, rest is [.., "--seed", var chosen] ? int.Parse(chosen, CultureInfo.InvariantCulture) : 1, Console.Out, persons);
                case ["evaluate", "faces", "--images", var images, "--pairs", var pairs, .. var rest] when rest is [] or ["--keep"]:
                    return await EvaluateFaces.Run(images, pairs, rest is not [], ModelSlots.Read(), Console.Out, Console.Error);
                case ["evaluate", "persons", var folder]:
                    using (var finder = PersonFinder.Open(ModelSlots.Read())) return await EvaluatePersons.Folder(folder, finder, Console.Out);
                case ["evaluate", "tamper", var folder, .. var rest] when rest is [] or ["--every", _]:
                    return await EvaluateTamper.Folder(folder, rest is [_, var every] ? Every(every) : null, Console.Out);
                case ["faces", "recogniser" or "templates"]:
                    return await FacesCommand.Run(args, Console.OpenStandardInput(), Console.Out);
                case ["models", .. var rest] when rest is [] or ["--from", _]:
                    using (var http = new HttpClient()) return await FetchModels.Run(ModelSlots.Read(), rest is [_, var from] ? from : null, http, Console.Out);
                case ["evaluate", "senses", var folder, .. var rest] when rest is [] || (rest is [var light] && ClubLight.Kinds.Any(kind => light == $"--light={kind}")):
                    return await EvaluateSenses.Run(folder, rest is [var only] ? only["--light=".Length..] : null, Console.Out);
                case ["evaluate", "stream", var file, .. var rest] when rest is [] or ["--person", _] or ["--view", _]:
                    return await EvaluateStream.File(
                        file, rest is ["--person", var share] ? Share(share) : null, rest is ["--view", var view] ? EvaluateStream.View(view) : null, FightModel.Shipped(), Console.Out, Console.Error);
            }
        }
        catch (Exception refused) when (refused is ModelRefused or FormatException or FootageUnreadable or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 2;
        }

        await Console.Error.WriteLineAsync(Usage);
        return 2;
    }

    static double Every(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var every) && every is >= 0.04 and <= 60
        ? every : throw new FormatException("--every is seconds from picture to picture: 0.04 to 60");

    static double Share(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var share) && share is >= 0.03 and <= 1
        ? share : throw new FormatException("--person is a person's height as a share of the picture's: 0.03 to 1");
}
