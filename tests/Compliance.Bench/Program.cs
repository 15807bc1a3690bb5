using Compliance.Bench;

if (args is ["clock-camera", _, _])
{
    await ClockCamera.Run(args[1..]);
    return 0;
}

// ./run bench NAME: one line that names the machine, then one JSON object a figure.
Dictionary<string, Func<string[], Task>> benches = new()
{
    ["log"] = LogBench.Run,
    ["project"] = ProjectBench.Run,
    ["probe"] = ProbeBench.Run,
    ["pictures"] = PictureBench.Run,
    ["proofs"] = ProofBench.Run,
    ["cut"] = CutBench.Run,
    ["law"] = LawBench.Run,
    ["panel"] = PanelBench.Run,
    ["minutes"] = MinuteBench.Run,
    ["evidence"] = EvidenceBench.Run,
    ["analytics"] = AnalyticsBench.Run,
    ["faces"] = FaceBench.Run,
    ["live"] = LiveBench.Run,
    ["alerts"] = AlertBench.Run,
};

if (args is not [var name, ..] || !benches.TryGetValue(name, out var bench))
{
    Console.Error.WriteLine($"Which bench? {string.Join(", ", benches.Keys)}");
    return 2;
}

Console.WriteLine(Machine.Line());
await bench(args[1..]);
return 0;
