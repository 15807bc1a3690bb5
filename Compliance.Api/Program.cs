using Compliance.Api.EventLog;
using Compliance.Api.Identity;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddEventLog();
builder.AddComplianceIdentity();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapComplianceIdentity();
app.MapGet("/me", ReadMe.Handle).RequireAuthorization(Policies.SignedIn);
app.Run();
