using Skiff.Models;
using Skiff.Numerics;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>Failures as the simple API writes them: validation as FastAPI does, all else as a problem (RFC 9457).</summary>
internal static class SimpleErrors
{
    internal static void Write(Call call, CallException failure)
    {
        if (call.Status == 422)
        {
            var errors = new ValidationErrors(call.Response);
            errors.AddRefused("missing"u8, failure.Place is null ? default : Utf8.GetBytes(failure.Place), -1, null, failure.Message, default);
            errors.Close();
            return;
        }

        call.ContentType = Problems.ContentType;
        var response = call.Response;
        response.Append("{\"title\":"u8);
        JsonText.AppendQuoted(response, Problems.Title(call.Status));
        response.Append(",\"status\":"u8);
        AnswerWriter.AppendInteger(response, call.Status);
        response.Append(",\"detail\":"u8);
        JsonText.AppendQuoted(response, failure.Message);
        response.Append(",\"requestId\":"u8);
        JsonText.AppendQuoted(response, call.RequestId);
        response.Append((byte)'}');
    }
}
