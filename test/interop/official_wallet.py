"""Opens wallets with an official package and prints what it sees: one JSON answer for each JSON job on stdin."""
import json
import os
import sys

package = sys.argv[1]
if package == "bittensor-wallet":
    from bittensor_wallet import Keyfile, Wallet
else:
    from bittensor.keyfiles import Keyfile
    from bittensor.wallet import Wallet


def answer(job):
    if job["kind"] == "public":
        wallet = Wallet(name=job["wallet"], hotkey=job["hotkey"], path=job["root"])
        return {"coldkey": wallet.coldkeypub.ss58_address, "hotkey": wallet.hotkeypub.ss58_address}
    if job.get("variable"):
        os.environ[job["variable"][0]] = job["variable"][1]
    pair = Keyfile(job["path"], "key").get_keypair(*([job["password"]] if job.get("password") else []))
    seen = {"address": pair.ss58_address, "type": int(pair.crypto_type)}
    if "message" in job:
        seen["signature"] = bytes(pair.sign(job["message"].encode())).hex()
        seen["verified"] = bool(pair.verify(job["message"].encode(), bytes.fromhex(job["signature"])))
    return seen


for line in sys.stdin:
    try:
        seen = answer(json.loads(line))
    except BaseException as error:  # a panic of the native part is no Exception
        seen = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(seen), flush=True)
