using Compliance.Api.Documents;
using Compliance.Api.Evidence;
using Compliance.Api.Exports;
using Compliance.Api.Subjects;

namespace Compliance.Api.Reports;

/// <summary>What the reports are made of. Settings: <c>Reports:Python</c>, <c>Reports:PatienceSeconds</c>, <c>Reports:Presses</c>.</summary>
static class ReportParts
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton(provider => Settings(provider.GetRequiredService<IConfiguration>().GetSection("Reports")))
        .AddSingleton<IPrinter, WeasyPrinter>()
        .AddHttpClient()
        .AddSingleton<Seals>()
        .AddSingleton<Issuer>()
        .AddSingleton<PageHtml>()
        .AddSingleton<Papers>()
        .AddSingleton<NameOf>(provider => (subject, at) => provider.GetRequiredService<Persons>().Find(subject, at)?.Name)
        .AddSingleton<Audits>()
        .AddSingleton<Acts>()
        .AddSingleton<LiabilityRecords>()
        .AddSingleton<OutageReports>()
        .AddSingleton<Prescriptions>()
        .AddSingleton<AccessLedgers>()
        .AddSingleton<YearReports>()
        .AddSingleton<BatchPress>()
        .AddHostedService(provider => provider.GetRequiredService<BatchPress>())
        .AddSingleton<MonthReports>()
        .AddSingleton<Issuance>().AddSingleton<CheckLine>().AddSingleton<CheckFile>()
        .AddSingleton<FileStreams>().AddSingleton<FileDocuments>().AddSingleton<FileWriter>().AddSingleton<ExportRuns>().AddSingleton<WholeFile>();

    static PrinterSettings Settings(IConfigurationSection section) => new(
        section["Python"] ?? PrinterSettings.Default.Python,
        section.GetValue<double?>("PatienceSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : PrinterSettings.Default.Patience,
        section.GetValue<int?>("Presses") ?? PrinterSettings.Default.Presses);
}
