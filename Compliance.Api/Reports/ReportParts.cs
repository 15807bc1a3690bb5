using Compliance.Api.Evidence;
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
        .AddSingleton<AuditHtml>()
        .AddSingleton<NameOf>(provider => subject => provider.GetRequiredService<Persons>().Find(subject)?.Name)
        .AddSingleton<Audits>()
        .AddSingleton<Acts>()
        .AddSingleton<LiabilityRecords>()
        .AddSingleton<MonthReports>();

    static PrinterSettings Settings(IConfigurationSection section) => new(
        section["Python"] ?? PrinterSettings.Default.Python,
        section.GetValue<double?>("PatienceSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : PrinterSettings.Default.Patience,
        section.GetValue<int?>("Presses") ?? PrinterSettings.Default.Presses);
}
