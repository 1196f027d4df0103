package shop.payments;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;
import org.springframework.web.server.ResponseStatusException;

@RestController
class ChargeController {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeController.class);

  private final FraudRules rules;
  private final Provider provider;

  ChargeController(FraudRules rules, Provider provider) {
    this.rules = rules;
    this.provider = provider;
  }

  record Charge(long orderId, String customer, long amountCents) {}

  @PostMapping("/charges")
  @ResponseStatus(HttpStatus.CREATED)
  void charge(@RequestBody Charge charge) {
    rules.score(charge.customer(), charge.amountCents());
    String reference =
        "ch_" + Long.toHexString(charge.orderId() * 0x9E3779B97F4A7C15L).substring(0, 6);
    LOG.info("Charge {} sent to northpay, order {}", reference, charge.orderId());
    try {
      provider.charge(new Provider.Charge(reference, charge.amountCents()));
    } catch (RestClientException e) {
      throw new ResponseStatusException(
          HttpStatus.GATEWAY_TIMEOUT, "northpay did not take the charge", e);
    }
  }
}
